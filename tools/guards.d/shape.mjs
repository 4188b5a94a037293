// How files look from outside.

const LONGEST = 400;
const TESTS = /(^|\/)(tests|testing|examples)\/|tests?\.rs$|\.spec\.ts$/;
const TEXT = /\.(md|csv|txt)$|^demo\/content\/|^docs\//;

/** Names say what is inside. */
export function names({ files }) {
  const vague = /(^|\/|_)(utils?|helpers?|common|misc|managers?)(_|\.|\/|$)|_v\d+\.|_(old|new)\./;
  return {
    rule: 'A file or folder is named after what it knows, not "utils", "helpers", "common", "misc", "manager", "_v2" or "_old".',
    found: files.map(({ path }) => path).filter((path) => vague.test(path)),
  };
}

/** Files are short enough to read in one go. */
export function lengths({ files }) {
  return {
    rule: `No file but tests and texts is longer than ${LONGEST} lines; split it by what its parts know.`,
    found: files
      .filter(({ path, lines }) => lines.length - 1 > LONGEST && !TESTS.test(path) && !TEXT.test(path))
      .map(({ path, lines }) => `${path} (${lines.length - 1} lines)`),
  };
}
