import { useEffect, useState } from "react";
import type { ReactNode } from "react";

/** Shows its children only after a while, so that quick answers never flash a placeholder. */
export function Delayed({ children, waitMs = 200 }: { readonly children: ReactNode; readonly waitMs?: number }) {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setDue(true);
    }, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [waitMs]);
  return isDue ? children : null;
}
