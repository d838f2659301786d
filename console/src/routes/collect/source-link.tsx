import { Link } from "@tanstack/react-router";
import { useTz } from "../../parts/titled-page.tsx";

/** Leads to a source by its name, whether it is still there or not. */
export function SourceLink({ name }: { readonly name: string }) {
  const tz = useTz();
  return (
    <Link to="/collect/sources/$name" params={{ name }} search={tz}>
      {name}
    </Link>
  );
}
