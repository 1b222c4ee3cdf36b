import path from "node:path";
import ts from "typescript";
import { templatesOf } from "./template.js";

/** What the command line says of a problem: templates, with `{name}` for what is only known when it happens. */
export interface Sentence {
  readonly messages: readonly string[];
  /** None where nothing is to be done about it. */
  readonly remedies: readonly string[];
}

/** A kind of problem, as its declaration and the places where it is made say. */
export interface Entry {
  readonly code: string;
  readonly meaning: string;
  /** Name and type of each of its data. */
  readonly data: readonly (readonly [name: string, type: string])[];
  /** Why it has no remedy; undefined where it has to have one. */
  readonly noRemedy: string | undefined;
  /** Of each place that makes one. */
  readonly sentences: readonly Sentence[];
}

/** The kinds of problems of a feature. */
export interface Section {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly Entry[];
}

type Sources = ReadonlyMap<string, ts.SourceFile>;

/** Where an interface lists kinds of problems. */
const LISTS = /(?:^|\/)(?:codes|fileCodes|unitCodes)\.ts$/u;

/**
 * Finds all kinds of problems: what declares them, and what the places say that make one.
 *
 * @param texts The sources, by their path in the project.
 */
export function readCatalogue(texts: ReadonlyMap<string, string>): Section[] {
  const sources: Sources = new Map(
    [...texts].map(([file, text]) => [file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)]),
  );
  const sentences = new Map<string, Sentence[]>();
  for (const [file, source] of sources) {
    if (LISTS.test(file)) continue;
    for (const [code, sentence] of sentencesIn(source, file, sources)) {
      sentences.set(code, [...(sentences.get(code) ?? []), sentence]);
    }
  }
  return [...sources]
    .filter(([file]) => LISTS.test(file))
    .flatMap(([, source]) => sectionsIn(source, sentences))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** What is wrong with the catalogue: a kind that nothing makes, that says nothing, or that leaves its reader alone. */
export function faultsOf(sections: readonly Section[]): string[] {
  return sections
    .flatMap(({ entries }) => entries)
    .flatMap(({ code, meaning, noRemedy, sentences }) => {
      if (sentences.length === 0) return [`${code}: nothing makes such a problem`];
      if (meaning === "") return [`${code}: its declaration doesn't say what it means`];
      const lacking = sentences.some(({ remedies }) => remedies.length === 0);
      if (lacking && noRemedy === undefined) {
        return [`${code}: it has no remedy, and its declaration doesn't say why (@noRemedy)`];
      }
      return !lacking && noRemedy !== undefined ? [`${code}: it has a remedy, and says @noRemedy`] : [];
    });
}

function sectionsIn(source: ts.SourceFile, sentences: ReadonlyMap<string, Sentence[]>): Section[] {
  const sections: Section[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.members.length > 0) {
      const { about, ...rest } = describe(node);
      const name = node.name.text.replace(/Problems$/u, "");
      sections.push({
        // What the tasks add to all of the SDK's.
        title: name === "ProblemData" ? "Command line" : name,
        about,
        entries: node.members.flatMap((member) => entryOf(member, sentences) ?? []),
        ...rest,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sections;
}

function entryOf(member: ts.TypeElement, sentences: ReadonlyMap<string, Sentence[]>): Entry | undefined {
  if (!ts.isPropertySignature(member) || !ts.isStringLiteral(member.name)) return undefined;
  const { about } = describe(member);
  const reason = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "noRemedy")?.comment;
  const { type } = member;
  const fields = type !== undefined && ts.isTypeLiteralNode(type) ? type.members : [];
  return {
    code: member.name.text,
    meaning: about,
    data: fields.flatMap((field) =>
      ts.isPropertySignature(field)
        ? [[field.name.getText(), oneLine(field.type?.getText() ?? "").replaceAll("readonly ", "")] as const]
        : [],
    ),
    noRemedy: ts.getTextOfJSDocComment(reason),
    sentences: sentences.get(member.name.text) ?? [],
  };
}

function describe(node: ts.Node): { readonly about: string } {
  const about = ts
    .getJSDocCommentsAndTags(node)
    .flatMap((comment) => (ts.isJSDoc(comment) ? (ts.getTextOfJSDocComment(comment.comment) ?? "") : []));
  return { about: oneLine(about.join(" ")) };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** What is said where a problem is made: a call with its code, and after that its data and its words. */
function sentencesIn(source: ts.SourceFile, file: string, sources: Sources): [string, Sentence][] {
  const found: [string, Sentence][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const at = node.arguments.findIndex((argument) => ts.isStringLiteral(argument));
      const [code, told] = node.arguments.slice(at, at + 2);
      if (at >= 0 && code !== undefined && told !== undefined && ts.isObjectLiteralExpression(told)) {
        const data = valueOf(told, "data");
        const message = valueOf(told, "message");
        if (ts.isStringLiteral(code) && data !== undefined && message !== undefined) {
          found.push([code.text, sentenceOf(node, { told, data, message }, file, sources)]);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function sentenceOf(
  call: ts.CallExpression,
  { told, data, message }: { told: ts.ObjectLiteralExpression; data: ts.Expression; message: ts.Expression },
  file: string,
  sources: Sources,
): Sentence {
  const named = new Map<string, string>();
  if (ts.isObjectLiteralExpression(data)) {
    for (const property of data.properties) {
      if (ts.isPropertyAssignment(property)) {
        named.set(property.initializer.getText(), property.name.getText());
      } else if (ts.isShorthandPropertyAssignment(property)) {
        named.set(property.name.text, property.name.text);
      }
    }
  }
  const resolve = (name: ts.Identifier) => meaningOf(name, file, sources);
  const remedy = valueOf(told, "remedy") ?? remedyOfHelper(call);
  return {
    messages: templatesOf(message, named, resolve),
    remedies: remedy === undefined ? [] : templatesOf(remedy, named, resolve),
  };
}

/** The value of a key of an object, where it is written out. */
function valueOf(object: ts.ObjectLiteralExpression, key: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (property.name?.getText() !== key) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

/** The remedy that a helper gives to all problems that are made with it: `{ remedy: REMEDY, ...told }`. */
function remedyOfHelper({ expression }: ts.CallExpression): ts.Expression | undefined {
  if (!ts.isIdentifier(expression)) return undefined;
  const body = declarationOf(expression);
  if (body === undefined) return undefined;
  const find = (node: ts.Node): ts.Expression | undefined =>
    ts.isObjectLiteralExpression(node) && node.properties.some((each) => ts.isSpreadAssignment(each))
      ? (valueOf(node, "remedy") ?? ts.forEachChild(node, find))
      : ts.forEachChild(node, find);
  return find(body);
}

/** The nearest declaration of a name around its use: a constant's value, or a function. */
function declarationOf(name: ts.Identifier): ts.Node | undefined {
  for (let scope: ts.Node = name; !ts.isSourceFile(scope); scope = scope.parent) {
    const { parent } = scope;
    if (ts.isFunctionLike(parent) && parent.parameters.some((each) => each.name.getText() === name.text)) {
      return undefined;
    }
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseClause(parent)) continue;
    for (const statement of parent.statements) {
      if (ts.isFunctionDeclaration(statement) && statement.name?.text === name.text) return statement;
      if (!ts.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        if (declaration.name.getText() === name.text) return declaration.initializer;
      }
    }
  }
  return undefined;
}

/** What a name stands for: a constant of its file, or one that is imported. */
function meaningOf(name: ts.Identifier, file: string, sources: Sources): ts.Expression | undefined {
  const declared = declarationOf(name);
  if (declared !== undefined) return ts.isExpression(declared) ? declared : undefined;
  for (const statement of name.getSourceFile().statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    if (!bindings.elements.some((each) => each.name.text === name.text)) continue;
    const from = path.posix.join(
      path.posix.dirname(file),
      statement.moduleSpecifier.text.replace(/\.js$/u, ".ts"),
    );
    return exportedFrom(sources.get(from), name.text);
  }
  return undefined;
}

function exportedFrom(source: ts.SourceFile | undefined, name: string): ts.Expression | undefined {
  for (const statement of source?.statements ?? []) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      if (declaration.name.getText() === name) return declaration.initializer;
    }
  }
  return undefined;
}
