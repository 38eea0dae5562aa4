// For tests/test_architecture.py: the length in lines of every function in the files named, as JSON.
import { readFileSync } from "node:fs";
import { parseAst } from "vite";

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

function* functionsIn(node, name) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const child of node) yield* functionsIn(child, name);
    return;
  }
  const called = node.id?.name ?? node.key?.name ?? name;
  if (FUNCTIONS.has(node.type)) yield { name: called, start: node.start, end: node.end };
  for (const [key, child] of Object.entries(node)) {
    if (key !== "parent") yield* functionsIn(child, called);
  }
}

const found = process.argv.slice(2).flatMap((path) => {
  const source = readFileSync(path, "utf8");
  const tree = parseAst(source, { lang: "ts", sourceType: "module" });
  return [...functionsIn(tree, "the module")].map(({ name, start, end }) => ({
    path,
    name,
    lines: source.slice(start, end).split("\n").length,
  }));
});
process.stdout.write(JSON.stringify(found));
