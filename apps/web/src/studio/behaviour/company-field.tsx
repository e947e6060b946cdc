/** The company an end works in, where its system has several: the connection's own unless a formula says otherwise. */
import { formatSegment } from "@fieldbridge/formula";
import { useMemo } from "react";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";

const companyField = { name: "company", label: "Company", type: "text" as const };

/** Nothing where the system has one company only. */
export function CompanyField({ side }: { side: "source" | "target" }) {
  const { schemas } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "company", null);
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const end = definition[side];
  if (context.hasCompanies?.[side] !== true && end.company === undefined) return null;
  const setCompany = (company: string) => {
    const { company: _before, ...rest } = end;
    const next = company === "" ? rest : { ...rest, company };
    apply(`Company of the ${side}`, [
      side === "source" ? { type: "set-source", source: next } : { type: "set-target", target: next },
    ]);
  };
  return (
    <FormulaField
      label={`Company of the ${side}`}
      value={end.company ?? ""}
      placeholder="The connection's own; a formula such as param.Company chooses another"
      vocabulary={vocabulary}
      check={(text) => live.check(text, companyField).issues}
      onApply={setCompany}
    />
  );
}
