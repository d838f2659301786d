import { CellTip } from "../../../parts/cell-tip.tsx";
import type { Zone } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { Where } from "./grid-keys.ts";
import type { Row } from "./rows.ts";
import { cellTime, cellWords } from "./standing-words.ts";

export interface Tip extends Where {
  readonly left: number;
  readonly top: number;
}

export interface GridTipProps {
  readonly tip: Tip | undefined;
  readonly rows: readonly Row[];
  readonly zone: Zone;
}

/** What a cell of the grid says. */
export function GridTip({ tip, rows, zone }: GridTipProps) {
  const row = tip === undefined ? undefined : rows[tip.row];
  const cell = tip === undefined ? undefined : row?.cells[tip.column];
  if (tip === undefined || row === undefined || cell === undefined) return null;
  return (
    <CellTip left={tip.left} top={tip.top}>
      <strong>{cellTime(cell, zone)}</strong>
      <span>
        <VisibleText text={`${row.accountId} ${row.region}`} />
      </span>
      <span>{cellWords(cell)}</span>
    </CellTip>
  );
}
