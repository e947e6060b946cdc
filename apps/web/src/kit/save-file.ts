/** Texts as files to keep. */
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { describeError } from "../api/problem.ts";

/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Saves what `readText` gives once it is there; what fails is said in a notice. */
export function useExport(name: string, readText: () => Promise<string>) {
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      saveFile(name, await readText());
    } catch (error) {
      const { message } = describeError(error);
      notifications.show({ color: "red", title: "Nothing was exported", message });
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run };
}
