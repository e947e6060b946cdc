/** For dialogs that exist only while they are open: when one goes, the focus goes back to where it was before. */
import { useEffect, useState } from "react";

/** Does nothing where closing has already put the focus somewhere, such as on the row that was changed. */
export function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
