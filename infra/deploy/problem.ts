// What people can mend themselves: said without a stack trace.

export class Problem extends Error {
  constructor(
    message: string,
    /** 1: something is wrong; 2: the command line is. */
    readonly code: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** Runs a command's main function; a problem is its text and its exit code. */
export function runMain(main: () => Promise<void>) {
  main().catch((error: unknown) => {
    const problem = error instanceof Problem ? error : undefined;
    process.stderr.write(`${problem?.message ?? (error as Error).stack ?? String(error)}\n`);
    process.exitCode = problem?.code ?? 1;
  });
}

export const say = (text: string) => void process.stdout.write(`${text}\n`);
