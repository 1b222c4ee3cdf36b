/** Excel takes a CSV file for UTF-8 only where it begins with this mark. */
const BYTE_ORDER_MARK = "\u{feff}";

/**
 * What spreadsheets take for the beginning of a formula, full-width characters included; or would without the apostrophes and
 * spaces before it.
 */
const FORMULA = /^'*\s*[=+\-@\t\r\n＝＋－＠]/u;

/** The first line of a table that a spreadsheet opens right. */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + csvRow(columns);
}

/**
 * A row of a table. What would be a formula begins with an apostrophe instead, which spreadsheets show: nothing that customers
 * are called may compute anything in the brand's spreadsheet, such as an address that sends the neighbour's link away.
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\n`;
}

/** A whole table. */
export function csvText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return csvHead(columns) + rows.map(csvRow).join("");
}

/** What was written into a cell, of what {@link csvRow} made of it. */
export function cellText(cell: string): string {
  // One apostrophe more or less changes nothing of whether it would be a formula: so what had some already keeps those.
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function cell(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\t\n\r]|^\s|\s$/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
