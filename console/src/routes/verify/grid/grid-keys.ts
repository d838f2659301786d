export interface Where {
  readonly row: number;
  readonly column: number;
}

interface From extends Where {
  readonly lastRow: number;
  readonly lastColumn: number;
}

const pageRows = 10;

/** Where each key leads. */
export const moves: Readonly<Record<string, (from: From) => Where>> = {
  ArrowLeft: ({ row, column }) => ({ row, column: Math.max(0, column - 1) }),
  ArrowRight: ({ row, column, lastColumn }) => ({ row, column: Math.min(lastColumn, column + 1) }),
  ArrowUp: ({ row, column }) => ({ row: Math.max(0, row - 1), column }),
  ArrowDown: ({ row, column, lastRow }) => ({ row: Math.min(lastRow, row + 1), column }),
  PageUp: ({ row, column }) => ({ row: Math.max(0, row - pageRows), column }),
  PageDown: ({ row, column, lastRow }) => ({ row: Math.min(lastRow, row + pageRows), column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row, lastColumn }) => ({ row, column: lastColumn }),
};
