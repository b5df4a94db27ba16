/** An element of an XML document. */
export interface Element {
  name: string;
  attributes: { [name: string]: string };
  children: Element[];
  text: string;
}

const TOKEN = /<\?[^?]*\?>|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/** Reads the XML that reports are made of, and throws at the first character that does not belong there. */
export function readXml(source: string): Element {
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    const parent = open.at(-1);
    if (!match || !parent) throw new Error(`not well formed at ${at}: ${source.slice(at, at + 40)}`);
    const [, closing, name, attributes, empty, text] = match;
    if (text !== undefined) parent.text += decoded(text);
    else if (closing) {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else if (name) {
      const element = { name, attributes: attributesOf(attributes ?? ""), children: [], text: "" };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const [root, ...more] = top.children;
  if (!root || more.length > 0 || open.length > 1) throw new Error("not exactly one closed element");
  return root;
}

function attributesOf(source: string): { [name: string]: string } {
  return Object.fromEntries(
    [...source.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, decoded(value)]),
  );
}

const entities: { [entity: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', "#10": "\n" };

function decoded(text: string): string {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 && !"\t\n\r".includes(character)) throw new Error(`U+${code.toString(16)} is not XML`);
  }
  return text.replace(/&([^;]*);?/g, (_, entity: string) => {
    const character = entities[entity];
    if (character === undefined) throw new Error(`&${entity}; is no entity`);
    return character;
  });
}
