/**
 * Values of a recipe by dotted key, read from its text. Recipes are two levels of plain `key: value` lines; this reads
 * those and nothing else, so that the form can show what the text says. What it cannot read it tells, and the daemon
 * reads the text with a real parser before anything starts.
 */
export interface Reading {
  values: Map<string, string>;
  /** Line of each key, from 1. */
  lines: Map<string, number>;
  /** Lines that this cannot read, from 1. */
  unread: number[];
}

export function read(text: string): Reading {
  const result: Reading = { values: new Map(), lines: new Map(), unread: [] };
  let section = "";
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = uncommented(raw);
    if (line.trim() === "" || line.trim() === "---") return;
    const match = /^(\s*)([A-Za-z][A-Za-z0-9]*):(?:\s+(.*))?$/.exec(line.trimEnd());
    const value = match?.[3]?.trim() ?? "";
    if (match === null || /^[[{|>&*!]/.test(value)) {
      result.unread.push(i + 1);
      return;
    }
    const name = match[2]!;
    const indented = match[1]! !== "";
    if (!indented) section = value === "" ? name : "";
    if (indented && section === "") {
      result.unread.push(i + 1);
      return;
    }
    const key = indented ? `${section}.${name}` : name;
    result.lines.set(key, i + 1);
    if (value !== "") result.values.set(key, unquoted(value));
  });
  return result;
}

/** The line without its comment; a # within quotes or a word begins none. */
function uncommented(line: string): string {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quote !== "") quote = c === quote ? "" : quote;
    else if ((c === "'" || c === "\"") && (i === 0 || /[\s:]/.test(line[i - 1]!))) quote = c;
    else if (c === "#" && (i === 0 || /\s/.test(line[i - 1]!))) return line.slice(0, i);
  }
  return line;
}

function unquoted(value: string): string {
  if (value.length >= 2 && value.startsWith("'") && value.endsWith("'")) return value.slice(1, -1).replace(/''/g, "'");
  if (value.length >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
    try {
      return String(JSON.parse(value));
    } catch {
      return value.slice(1, -1);
    }
  }
  return value;
}
