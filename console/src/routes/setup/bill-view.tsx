import type { Bill, BillLine } from "../../setup-types.ts";
import { Icon } from "../../parts/icon.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import { DataTable, type Columns } from "../collect/data-table.tsx";
import classes from "./bill-view.module.css";
import { formatMicros, formatQuantity, formatUnitPrice } from "./money.ts";
import shared from "./setup.module.css";

/** What it costs a month: first the sum, then each line of it with where its price is from. */
export function BillView({ bill, label }: { readonly bill: Bill; readonly label: string }) {
  const { lines, basis, warnings } = bill;
  return (
    <div className={classes["bill"]}>
      <p className={classes["sum"]} data-testid="sum">
        <strong>{formatMicros(bill.totalMicros)}</strong> a month
      </p>
      <p>{sumSentence(bill)}</p>
      {basis === "" ? null : (
        <p className={shared["soft"]}>
          <VisibleText text={basis} />
        </p>
      )}
      <Warnings warnings={warnings} />
      {lines.length === 0 ? null : (
        <DataTable
          label={label}
          rows={lines.map((line, index) => ({ line, key: `${String(index)} ${line.what}` }))}
          keyOf={({ key }) => key}
          columns={columns}
        />
      )}
    </div>
  );
}

/** The sum in plain words; what is free is said to be free, and never a saving. */
function sumSentence({ lines, totalMicros }: Bill): string {
  const free = lines.filter(({ isFree }) => isFree).length;
  if (totalMicros === 0) return "AWS charges nothing for this, as far as the figures below go.";
  const rest = free === 0 ? "" : ` ${free === 1 ? "One of the lines is" : `${free} of the lines are`} free.`;
  return `That is what AWS charges for it, by the figures below.${rest}`;
}

export function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={shared["words"]} data-look="warn" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning}>
          <Icon name="warning" />
          <VisibleText text={warning} />
        </li>
      ))}
    </ul>
  );
}

interface Row {
  readonly line: BillLine;
  readonly key: string;
}

const columns: Columns<Row> = [
  {
    name: "What",
    cell: ({ line }) => (
      <>
        <VisibleText text={line.what} />
        <small>
          <VisibleText text={line.why} />
        </small>
      </>
    ),
  },
  {
    name: "How many",
    isNumber: true,
    cell: ({ line }) => (
      <>
        {formatQuantity(line.quantity)} <VisibleText text={line.unit} />
      </>
    ),
  },
  {
    name: "Price of one",
    isNumber: true,
    cell: ({ line }) => (line.isFree ? "free" : formatUnitPrice(line.unitPrice)),
  },
  {
    name: "A month",
    isNumber: true,
    cell: ({ line }) => <span className={classes["amount"]}>{formatMicros(line.amountMicros)}</span>,
  },
  {
    name: "Price is from",
    cell: ({ line }) => <VisibleText text={line.source} className={classes["source"]} />,
  },
];
