/** Deletes a named formula; the server refuses while a draft or another formula calls it. */
import { Button, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog } from "../../kit/index.ts";

export function DeleteFormula({ name }: { name: string }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useApiMutation("deleteNamedFormula", {
    invalidates: ["listNamedFormulas"],
    onSuccess: () => void navigate({ to: "/library/formulas", ignoreBlocker: true }),
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete…
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${name}?`}
        confirmLabel="Delete for good"
        danger
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { name } })}
      >
        <Text size="sm">What is published keeps its own copy and goes on.</Text>
      </ConfirmDialog>
    </>
  );
}
