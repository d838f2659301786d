import { Link } from "@tanstack/react-router";
import type { Kind } from "../../../collect-api.ts";
import { useTz } from "../../../parts/titled-page.tsx";
import classes from "./add.module.css";

/** The kinds of sources there are, each with what it is for. */
export function KindChoice({ kinds }: { readonly kinds: readonly Kind[] }) {
  const tz = useTz();
  return (
    <ul className={classes["kinds"]} aria-label="Kinds of sources">
      {kinds.map(({ type, summary }) => (
        <li key={type}>
          <Link to="/collect/add" search={{ ...tz, kind: type }}>
            <strong>{type}</strong>
            <span>{summary}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
