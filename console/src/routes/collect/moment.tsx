import { formatInstant, formatRelative } from "../../parts/instants.ts";
import { useZone } from "../../parts/titled-page.tsx";

/** How long ago something was, with the exact time beside the pointer; nothing is said as a dash. */
export function Moment({ at }: { readonly at: string | null }) {
  const zone = useZone();
  if (at === null) return <span aria-label="never">–</span>;
  return (
    <time dateTime={at} title={formatInstant(at, zone)}>
      {formatRelative(at)}
    </time>
  );
}
