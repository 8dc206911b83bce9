// Evaluates every [kind, expression, context] of the list on standard input with feelin.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { evaluate, unaryTest } = await import(pathToFileURL(process.argv[2]).href);

function answer([kind, source, context]) {
  try {
    const { value } = (kind === "test" ? unaryTest : evaluate)(source, context);
    return { value: value === undefined ? null : value };
  } catch (fault) {
    return { fault: String(fault.message) };
  }
}

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(answer)));
