/**
 * Values of a recipe by dotted key, read from its text. Recipes are two levels of plain `key: value` lines, and perhaps
 * a list of regions, which is passed over. This reads those and nothing else, so that the form can show what the text
 * says. What it cannot read it tells, and the daemon reads the text with a real parser before anything starts.
 */
export interface Reading {
  values: Map<string, string>;
  /** Line of each key, from 1. */
  lines: Map<string, number>;
  /** Lines that this cannot read, from 1. */
  unread: number[];
  /** Names of the regions that it lists; what they have of their own is not among the values. */
  regions: string[];
}

export function read(text: string): Reading {
  const result: Reading = { values: new Map(), lines: new Map(), unread: [], regions: [] };
  let section = "";
  text.split(/\r?\n/).forEach((raw, i) => {
    const line = uncommented(raw);
    if (line.trim() === "" || line.trim() === "---") return;
    if (section === "regions" && /^(\s|- )/.test(line)) {
      const named = /^\s*(?:- +)?name:\s+(\S+)\s*$/.exec(line);
      if (named !== null) result.regions.push(unquoted(named[1]!));
      return;
    }
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
    // Two single quotes within single quotes are one, and end nothing.
    if (quote === "'" && c === "'" && line[i + 1] === "'") i++;
    else if (quote !== "") quote = c === quote ? "" : quote;
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

/** The text with another value for a key, or without the key; what stands around it, comments above all, stays. */
export function write(text: string, key: string, value: string | null): string {
  const lines = text.split(/\r?\n/);
  const reading = read(text);
  const at = reading.lines.get(key);
  if (at !== undefined) {
    if (value === null) lines.splice(at - 1, 1);
    else lines[at - 1] = replaced(lines[at - 1]!, value);
    return lines.join("\n");
  }
  if (value === null) return text;
  const [section, name] = key.includes(".") ? key.split(".") as [string, string] : ["", key];
  const line = `${section === "" ? "" : "  "}${name}: ${quoted(value)}`;
  const last = lastLine(reading, section);
  if (last !== null) lines.splice(last, 0, line);
  else if (section === "") lines.unshift(line);
  else lines.push(...(lines.at(-1) === "" ? [] : [""]), `${section}:`, line, "");
  return lines.join("\n");
}

function replaced(line: string, value: string): string {
  const bare = uncommented(line);
  const start = /^\s*[A-Za-z][A-Za-z0-9]*:/.exec(bare)![0];
  const comment = line.slice(bare.length);
  return `${start} ${quoted(value)}${comment === "" ? "" : ` ${comment}`}`;
}

/** Number of the last line of a section (or of the keys above all sections), or null where there is none. */
function lastLine(reading: Reading, section: string): number | null {
  let last: number | null = null;
  for (const [key, line] of reading.lines) {
    const own = section === "" ? !key.includes(".") && reading.values.has(key)
      : key === section || key.startsWith(`${section}.`);
    if (own) last = Math.max(last ?? 0, line);
  }
  return last;
}

/** Quoted where YAML would read something else than the text. */
function quoted(value: string): string {
  const plain = !/^[\s[\]{}&*!|>'"%@`#,?:]|^- |^-$|: |:$| #|\s$|^$|\n/.test(value);
  return plain ? value : `'${value.replace(/'/g, "''").replace(/\n/g, " ")}'`;
}
