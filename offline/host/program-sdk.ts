/** The SDK of the program that this process runs; undefined in any other process that inherits the options of Node. */
export function programSdk(): string | undefined {
  const script = process.argv[1] ?? "";
  return /^(.*[\\/]@pulumi[\\/]pulumi)[\\/]cmd[\\/]run(?:[\\/]index(?:\.js)?)?$/.exec(script)?.[1];
}
