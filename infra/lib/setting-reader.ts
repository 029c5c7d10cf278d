// Reads settings from CDK context and collects what is wrong with them.

/** Values of cdk.json have types, values of -c are text. */
export type Context = (name: string) => unknown;

interface Advice {
  what: string;
  example: string;
}

export class SettingReader {
  private readonly problems: string[] = [];

  constructor(private readonly context: Context) {}

  complain(name: string, problem: string) {
    this.problems.push(`${name} ${problem}`);
  }

  optional(name: string, shape: RegExp, what: string): string | undefined {
    const given = this.given(name);
    if (given !== undefined && !shape.test(given)) this.complain(name, `is "${given}", not ${what}`);
    return given;
  }

  text(name: string, fallback: string, shape = /./, what = 'a text'): string {
    return this.optional(name, shape, what) ?? fallback;
  }

  required(name: string, fallback: string | undefined, shape: RegExp, advice: Advice): string {
    const { what, example } = advice;
    const given = this.optional(name, shape, what) ?? fallback;
    if (given === undefined) this.complain(name, `is missing: ${what}; -c ${name}="${example}"`);
    return given ?? example;
  }

  url(name: string, fallback: string): string {
    return this.text(name, fallback, /^https:\/\/\S+$/, 'an https:// address');
  }

  choice<T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const given = this.given(name);
    if (given === undefined) return allowed[0];
    const chosen = allowed.find((one) => one === given);
    if (!chosen) this.complain(name, `is "${given}", not one of ${allowed.join(', ')}`);
    return chosen ?? allowed[0];
  }

  number(name: string, fallback: number): number {
    const given = this.given(name);
    if (given === undefined) return fallback;
    const value = Number(given);
    if (!(value > 0)) this.complain(name, `is "${given}", not a number above zero`);
    return value;
  }

  /** A list in cdk.json, or text with commas. */
  list(name: string, fallback: string[], shape: RegExp): string[] {
    const given = this.context(name);
    if (given === undefined || given === '') return fallback;
    const items = Array.isArray(given) ? given.map(String) : String(given).split(',');
    for (const item of items)
      if (!shape.test(item.trim())) this.complain(name, `has "${item}", which does not belong there`);
    return items.map((item) => item.trim());
  }

  finish() {
    if (this.problems.length === 0) return;
    const lines = this.problems.map((problem) => `  ${problem}`).join('\n');
    throw new Error(`These settings cannot be used (docs/deploy.md explains each):\n${lines}`);
  }

  private given(name: string): string | undefined {
    const value = this.context(name);
    return value === undefined || value === '' ? undefined : String(value);
  }
}
