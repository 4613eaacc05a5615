// Names the places where one type is not assignable to another: `PLACE missing` and `PLACE type`.
//
// A place is a key as the vendor declares it, `IUser.roles` or `IRoom.metrics.fd`, so that one
// declaration has one name in all answers; what an operation declares for itself is the path in its
// answer, `rooms[].u`, and the answer as a whole is `answer`.
const ts = require('typescript');

/** Give each place in which `given` does not fit `wanted`, with what stands there and what should. */
function differences(checker, given, wanted, at = 'answer') {
  if (checker.isTypeAssignableTo(given, wanted)) return [];
  const choices = candidates(wanted).map((choice) => inside(checker, given, choice, at));
  const closest = choices.filter(Boolean).sort((one, other) => one.length - other.length)[0];
  return closest ?? [{ where: `${at} type`, what: told(checker, given, wanted) }];
}

/** Give the types of which one is enough. */
function candidates(wanted) {
  return wanted.isUnion() ? wanted.types : [wanted];
}

/** Look for the differences inside of two objects or two lists; undefined for anything else. */
function inside(checker, given, wanted, at) {
  if (checker.isTupleType(given) && checker.isArrayType(wanted)) {
    const [item] = checker.getTypeArguments(wanted);
    const items = checker.getTypeArguments(given);
    return distinct(items.flatMap((one) => differences(checker, one, item, `${at}[]`)));
  }
  if (!isRecord(checker, given) || !isRecord(checker, wanted)) return undefined;
  return [...named(checker, given, wanted, at), ...further(checker, given, wanted, at)];
}

function isRecord(checker, type) {
  const isObject = type.flags & ts.TypeFlags.Object || type.isIntersection();
  return isObject && !checker.isTupleType(type) && !checker.isArrayType(type);
}

/** Compare the keys that the wanted type names. */
function named(checker, given, wanted, at) {
  return checker.getPropertiesOfType(wanted).flatMap((key) => {
    const below = declared(key) ?? (at === 'answer' ? key.name : `${at}.${key.name}`);
    const ours = given.getProperty(key.name);
    const type = checker.getTypeOfSymbol(key);
    if (ours) return differences(checker, checker.getTypeOfSymbol(ours), type, below);
    if (key.flags & ts.SymbolFlags.Optional) return [];
    return [{ where: `${below} missing`, what: checker.typeToString(type) }];
  });
}

/** Compare the keys of a map. */
function further(checker, given, wanted, at) {
  const index = checker.getIndexInfosOfType(wanted)[0];
  if (!index) return [];
  const known = new Set(checker.getPropertiesOfType(wanted).map((key) => key.name));
  const keys = checker.getPropertiesOfType(given).filter((key) => !known.has(key.name));
  const below = at === 'answer' ? '(each)' : `${at}.(each)`;
  return distinct(keys.flatMap(
    (key) => differences(checker, checker.getTypeOfSymbol(key), index.type, below)));
}

/** Name a key by the interface or type that declares it; undefined for an operation's own. */
function declared(key) {
  const names = [];
  for (let node = key.declarations?.[0]; node && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isPropertySignature(node)) names.unshift(node.name.getText());
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      const { text } = node.name;
      return text.endsWith('Endpoints') ? undefined : [text, ...names].join('.');
    }
  }
  return undefined;
}

function distinct(found) {
  return [...new Map(found.map((one) => [one.where, one])).values()];
}

function told(checker, given, wanted) {
  return `${checker.typeToString(given)} is no ${checker.typeToString(wanted)}`;
}

module.exports = { differences };
