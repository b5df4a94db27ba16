/** Works through a list with three at a time: most of what an engine does is waiting for its plugins to start. */
export async function sideBySide<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const oneByOne = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([oneByOne(), oneByOne(), oneByOne()]);
}
