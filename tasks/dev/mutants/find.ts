import { createHash } from "node:crypto";

/** A node of the compiler's syntax tree; `src` is where it begins and how many bytes it has. */
export interface Node {
  readonly nodeType: string;
  readonly src: string;
  readonly [field: string]: unknown;
}

/** A change to a contract that some test should notice: bytes `start` to `end` of a file are `to` instead. */
export interface Mutant {
  /** Another one for whatever else the file is, or the change. */
  readonly id: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly to: string;
  /** Where and what, in words. */
  readonly name: string;
}

/** What each operator becomes. */
const OPERATORS = new Map(
  [
    "< <=",
    "> >=",
    "== !=",
    "&& ||",
    "+ -",
    "* /",
    "<< >>",
    "& |",
    "+= -=",
    "*= /=",
    "|= &=",
    "++ --",
  ].flatMap((pair) => {
    const [one = "", other = ""] = pair.split(" ");
    return [[one, other] as const, [other, one] as const];
  }),
);
OPERATORS.set("%", "*").set("**", "*").set(">>=", "<<=").set("!", "").set("~", "");

/** Longer ones are places in storage, and the like: whichever they are, all goes well that is compiled together. */
const LONGEST_NUMBER = 24;

/** All mutants of a source, from its syntax tree. */
export function mutantsOf(file: string, source: string, tree: unknown): Mutant[] {
  const bytes = Buffer.from(source);
  const key = createHash("sha256").update(bytes).digest("hex");
  const found: Mutant[] = [];
  const place = ({ src }: Node) => {
    const [start = 0, length = 0] = src.split(":").map(Number);
    return { start, end: start + length };
  };
  const cut = (start: number, end: number) => bytes.subarray(start, end).toString();
  const text = (node: Node) => cut(place(node).start, place(node).end);
  const between = (one: Node, other: Node) => cut(place(one).end, place(other).start);

  const add = (within: string, what: string, start: number, end: number, to: string) => {
    const id = createHash("sha256").update(`${key} ${start} ${end} ${to}`).digest("hex").slice(0, 16);
    const short = (code: string) => `\`${code.replaceAll(/\s+/gu, " ").slice(0, 80)}\``;
    const change = to === "" || to === "{}" ? "" : ` → ${short(to)}`;
    found.push({
      id,
      file,
      start,
      end,
      to,
      name: `${file} \`${within}\`: ${what} ${short(cut(start, end))}${change}`,
    });
  };

  const visit = (node: Node, within: string, parent?: Node) => {
    const { start, end } = place(node);
    const replace = (what: string, to: string) => {
      add(within, what, start, end, to);
    };
    const operator = OPERATORS.get(String(node.operator));
    const [left, right] = [
      node.leftExpression ?? node.leftHandSide,
      node.rightExpression ?? node.rightHandSide,
    ] as Node[];
    if (operator !== undefined && left && right) {
      replace(
        "operator",
        text(left) + between(left, right).replace(String(node.operator), operator) + text(right),
      );
    } else if (operator !== undefined) {
      const inner = text(node.subExpression as Node);
      replace("operator", node.prefix ? operator + inner : inner + operator);
    } else if (node.nodeType === "Conditional") {
      const [asked, yes, no] = [node.condition, node.trueExpression, node.falseExpression] as [
        Node,
        Node,
        Node,
      ];
      replace("choice", `${text(asked)} ? ${text(no)} : ${text(yes)}`);
    } else if (node.nodeType === "Literal" && node.kind === "bool") {
      replace("constant", node.value === "true" ? "false" : "true");
    } else if (node.nodeType === "Literal" && node.kind === "number" && end - start <= LONGEST_NUMBER) {
      if (parent?.nodeType !== "ArrayTypeName") replace("constant", `(${text(node)} + 1)`);
    } else if (node.nodeType === "ExpressionStatement" || node.nodeType === "EmitStatement") {
      const called = ((node.expression ?? {}) as { expression?: { name?: string } }).expression?.name;
      const what =
        node.nodeType === "EmitStatement" ? "event" : called === "require" ? "require" : "statement";
      // Where there is a semicolon, it isn't part of it.
      add(within, what, start, cut(end, end + 1) === ";" ? end + 1 : end, "{}");
    } else if (node.nodeType === "IfStatement") {
      const body = node.trueBody as Node;
      const [only] = body.nodeType === "Block" ? (body.statements as Node[]) : [body];
      if (only?.nodeType === "RevertStatement") replace("revert", "{}");
    } else if (node.nodeType === "ModifierInvocation" && node.kind === "modifierInvocation") {
      replace("modifier", "");
    } else if (node.nodeType === "FunctionCall" && (node.names as string[]).length === 0) {
      const given = node.arguments as (Node & { typeDescriptions: { typeString: string } })[];
      for (const [i, other] of given.entries()) {
        const one = given[i - 1];
        if (one?.typeDescriptions.typeString !== other.typeDescriptions.typeString) continue;
        const swapped = text(other) + between(one, other) + text(one);
        if (text(one) !== text(other)) add(within, "order", place(one).start, place(other).end, swapped);
      }
    }
    // Documentation, and what is written in the compiler's own language, isn't changed.
    if (node.nodeType === "InlineAssembly" || node.nodeType === "StructuredDocumentation") return;
    const inner =
      node.nodeType.endsWith("Definition") && typeof node.name === "string" && node.name ? node.name : within;
    for (const child of Object.values(node).flat() as (Node | undefined)[]) {
      if (child?.nodeType !== undefined) visit(child, inner, node);
    }
  };
  visit(tree as Node, "");
  return found;
}
