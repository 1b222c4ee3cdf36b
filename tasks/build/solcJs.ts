import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

/**
 * What a process of its own runs: it reads an input, and writes what the compiler makes of it. Its arguments are the compiler,
 * and the version that this is to be.
 *
 * The compiler calls what may throw by way of JavaScript, millions of times, and looks each function up in its table first.
 * Node.js takes longer for that than for most of what is called, a fifth of all time, so what was found is kept. Newer
 * versions of what the compiler is made with keep it themselves.
 */
export const PROGRAM = `
const { get, set } = WebAssembly.Table.prototype;
let table;
let entries = [];
WebAssembly.Table.prototype.get = function (index) {
  if (this !== table) {
    table = this;
    entries = [];
  }
  return (entries[index] ??= get.call(this, index));
};
WebAssembly.Table.prototype.set = function (...args) {
  entries = [];
  return set.apply(this, args);
};

const [, file, expected] = process.argv;
let input = "";
process.stdin.setEncoding("utf8").on("data", (chunk) => (input += chunk)).on("end", () => {
  const solc = require(file);
  const version = solc.cwrap("solidity_version", "string", [])();
  if (!version.startsWith(expected)) {
    console.error("The compiler is " + version + ", and was " + expected + ": remove the folder of the cache");
    process.exitCode = 1;
    return;
  }
  const compile = solc.cwrap("solidity_compile", "string", ["string", "number", "number"]);
  process.stdout.write(compile(input, 0, 0));
});
`;

/**
 * Compiles in a process of its own, as Hardhat does, with a compiler that is a JavaScript file: in two thirds of the time.
 *
 * @param file The compiler, as an absolute path.
 * @param longVersion The version that it is to be.
 * @throws Error if it is another one; or if it can't be run.
 */
export async function compileWith(
  file: string,
  longVersion: string,
  input: CompilerInput,
): Promise<CompilerOutput> {
  const args = ["--input-type=commonjs", "--eval", PROGRAM, "--", file, longVersion];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] });
  // One that ends before it has read everything says why on stderr.
  child.stdin.on("error", () => undefined).end(JSON.stringify(input));
  const [code, output, said] = await Promise.all([
    new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    }),
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code !== 0) throw new Error(said.trim() === "" ? `The compiler was stopped: ${file}` : said.trim());
  return JSON.parse(output) as CompilerOutput;
}
