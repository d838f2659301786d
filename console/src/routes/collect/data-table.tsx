import type { ReactNode } from "react";
import classes from "./table.module.css";

interface Column<Row> {
  readonly name: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/** The first names the row. */
export type Columns<Row> = readonly [Column<Row>, ...Column<Row>[]];

export interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: Columns<Row>;
}

/** A table that turns into cards where the window is narrow. */
export function DataTable<Row>({ label, rows, keyOf, columns }: DataTableProps<Row>) {
  const [first, ...others] = columns;
  return (
    <div className={classes["frame"]}>
      <table className={classes["table"]} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ name, isNumber = false }) => (
              <th key={name} scope="col" className={isNumber ? classes["number"] : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{first.cell(row)}</th>
              {others.map(({ name, isNumber = false, cell }) => (
                <td key={name} data-label={name} className={isNumber ? classes["number"] : undefined}>
                  <span>{cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
