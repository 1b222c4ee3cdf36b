import ts from "typescript";

/** What a name stands for where it is written; undefined where that isn't known. */
export type Resolve = (name: ts.Identifier) => ts.Expression | undefined;

/** More ways to say the same than a reader wants to see. */
const MOST = 6;

/** Functions of which nothing but what they are given is worth showing: they only format it. */
const FORMATTING =
  /^(?:quote|String|oneLine|shortPath|shownPath|unbroken|amount|badges|count|date|number|say|sayMoment|show|shown|beginning)$|^format[A-Z]/u;

/**
 * What an expression of a text can come to, with `{name}` for what is only known when it happens. A choice between
 * texts gives several; at most {@link MOST} of them.
 *
 * @param named Names of values, by how they are written: `titles.length` may be the data's `count`.
 */
export function templatesOf(
  expression: ts.Expression,
  named: ReadonlyMap<string, string>,
  resolve: Resolve,
): string[] {
  const visit = (node: ts.Expression, depth: number): string[] => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isParenthesizedExpression(node)) return visit(node.expression, depth);
    if (ts.isTemplateExpression(node)) {
      return node.templateSpans.reduce(
        (texts, span) => product(product(texts, visit(span.expression, depth)), [span.literal.text]),
        [node.head.text],
      );
    }
    const known = named.get(node.getText());
    if (known !== undefined) return [`{${known}}`];
    if (ts.isBinaryExpression(node) && isText(node)) {
      return product(visit(node.left, depth), visit(node.right, depth));
    }
    if (ts.isConditionalExpression(node)) {
      return distinct([...visit(node.whenTrue, depth), ...visit(node.whenFalse, depth)]);
    }
    if (ts.isIdentifier(node) && depth > 0) {
      const meant = resolve(node);
      if (meant !== undefined && isText(meant)) return visit(meant, depth - 1);
    }
    return [placeholder(node, named)];
  };
  return distinct(visit(expression, 4));
}

/** Each of some texts with each of others after it; only the first of those where it would be too many. */
function product(texts: readonly string[], others: readonly string[]): string[] {
  const after = texts.length * others.length > MOST ? others.slice(0, 1) : others;
  return texts.flatMap((text) => after.map((other) => text + other));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Whether it is made of texts, so that its value says more than its name. */
function isText(node: ts.Expression): boolean {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true;
  if (ts.isConditionalExpression(node)) return isText(node.whenTrue) && isText(node.whenFalse);
  return ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right));
}

function placeholder(node: ts.Expression, named: ReadonlyMap<string, string>): string {
  const known = named.get(node.getText());
  if (known !== undefined) return `{${known}}`;
  if (ts.isParenthesizedExpression(node)) return placeholder(node.expression, named);
  if (ts.isIdentifier(node)) return `{${node.text}}`;
  if (ts.isPropertyAccessExpression(node)) {
    const { name, expression } = node;
    return name.text === "length" ? placeholder(expression, named) : `{${name.text.replace(/^#/u, "")}}`;
  }
  if (ts.isBinaryExpression(node)) {
    return placeholder(ts.isNumericLiteral(node.left) ? node.right : node.left, named);
  }
  if (ts.isCallExpression(node)) {
    const { expression, arguments: given } = node;
    // A method: `names.map(quote).join(", ")` shows the names.
    if (ts.isPropertyAccessExpression(expression)) return placeholder(expression.expression, named);
    const name = expression.getText();
    const first = given.find((each) => each.getText() !== "live");
    const shown = first === undefined ? `{${name}}` : placeholder(first, named);
    if (name === "quote") return `"${shown}"`;
    return FORMATTING.test(name) ? shown : `{${name}}`;
  }
  const inner = ts.forEachChild(node, (child) => (isExpression(child) ? child : undefined));
  return inner === undefined ? "{…}" : placeholder(inner, named);
}

function isExpression(node: ts.Node): node is ts.Expression {
  return (
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isSpreadElement(node)
  );
}
