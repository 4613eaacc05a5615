// Compares answers with the types that the vendor publishes for them.
//
// stdin:  {name: {route: "GET /v1/livechat/rooms", answer: any JSON value}, …}
// stdout: {name: [{where: "IUser.roles missing", what: "…"}, …], …}; in the place of the list stands
//         "untyped" where no type knows the operation, "void" where it says nothing of the body
//
// The compiler alone judges: each answer is declared with its own literal type and assigned to the
// type of its operation, as it is serialised. Where the compiler refuses, differences.cjs names the
// places.
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const { differences } = require('./differences.cjs');

const FILE = path.join(__dirname, 'answers.ts');
const OPTIONS = {
  strict: true, noEmit: true, skipLibCheck: true, types: [],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
};
const HEAD = `
import type { Serialized } from '@rocket.chat/core-typings';
import type { Endpoints } from '@rocket.chat/rest-typings';
type Methods<P extends keyof Endpoints> = P extends P ? [P, keyof Endpoints[P]] : never;
export type Known = Methods<keyof Endpoints>;
type Returned<T> = T extends (...given: any) => infer R ? R : never;
type Plain<T> = unknown extends T ? any : T extends string ? \`\${T}\` : T extends Date ? T
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type Body<T, G> = string extends keyof T ? Omit<G, 'success'> : G;
`;
const SILENT = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Void | ts.TypeFlags.Undefined;

/** Make a program of one file that exists in memory alone. */
function compile(text, earlier) {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  const isOurs = (name) => path.resolve(name) === FILE;
  host.fileExists = (name) => isOurs(name) || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) => (isOurs(name)
    ? ts.createSourceFile(name, text, OPTIONS.target, true)
    : getSourceFile.call(host, name, ...rest));
  return ts.createProgram([FILE], OPTIONS, host, earlier);
}

/** Give the types that the file declares, by name. */
function declared(program) {
  const checker = program.getTypeChecker();
  const nodes = program.getSourceFile(FILE).statements.filter(ts.isTypeAliasDeclaration);
  return new Map(nodes.map((node) => [node.name.text, checker.getTypeAtLocation(node)]));
}

/** Give the vendor's path of each typed operation: `GET /v1/livechat/users/{}` to its template. */
function paths(program) {
  const checker = program.getTypeChecker();
  const pairs = declared(program).get('Known').types.map((pair) => checker.getTypeArguments(pair));
  return new Map(pairs.flatMap(([template, methods]) => (methods.types ?? [methods]).map(
    (method) => [`${method.value} ${template.value.replace(/:[^/]+/g, '{}')}`, template.value])));
}

/** Declare an answer and what its operation returns, and assign the one to the other. */
function assignment({ route, answer }, index, known) {
  const [method] = route.split(' ');
  const template = known.get(route.replace(/{[^/]+}/g, '{}'));
  return `
type Returned${index} = ${template ? `Returned<Endpoints['${template}']['${method}']>` : 'never'};
type Typed${index} = Serialized<Plain<Returned${index}>>;
type Given${index} = Body<Typed${index}, ${JSON.stringify(answer)}>;
declare const given${index}: Given${index};
export const checked${index}: Typed${index} = given${index};
`;
}

/** Tell of each answer where it differs from its type. */
function compare(asked) {
  const empty = compile(HEAD);
  const known = paths(empty);
  const answers = Object.entries(asked);
  const text = HEAD + answers.map(([, one], index) => assignment(one, index, known)).join('');
  const program = compile(text, empty);
  const source = program.getSourceFile(FILE);
  const refused = new Set(program.getSemanticDiagnostics(source).map(
    ({ start }) => Number(/^checked(\d+)/.exec(text.slice(start))[1])));
  const types = declared(program);
  const checker = program.getTypeChecker();
  return Object.fromEntries(answers.map(([name], index) => {
    const named = (kind) => types.get(kind + index);
    const returned = named('Returned');
    if (returned.flags & ts.TypeFlags.Never) return [name, 'untyped'];
    if (returned.flags & SILENT) return [name, 'void'];
    const found = differences(checker, named('Given'), named('Typed'));
    if (refused.has(index) !== found.length > 0) throw new Error(`${name}: the compiler differs`);
    return [name, found];
  }));
}

console.log(JSON.stringify(compare(JSON.parse(fs.readFileSync(0, 'utf8')))));
