import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { flatten, safeParse, type GenericSchema, type InferOutput } from 'valibot';
import { problemOf, type Problem, type ProblemCode } from '@/api/problem';

export type FieldErrors = Record<string, string>;

/** Refusals that are about one field, and what they say of it. */
const blamed: Partial<Record<ProblemCode, FieldErrors>> = {
  'account.email_taken': { email: 'taken' },
  'auth.wrong_password': { password: 'wrong' },
  'auth.otp_required': { otp: 'required' },
  'auth.otp_invalid': { otp: 'wrong' },
};

/**
 * Checks a native form with a schema before it is sent. The first wrong field gets the focus, also
 * when it is the server that finds it wrong (`refusal`, the error of the last sending).
 * Errors are codes, the API's own included; the screens choose the words. `trouble` is a refusal
 * that no field explains.
 */
export function useValidForm<S extends GenericSchema>(
  schema: S,
  send: (values: InferOutput<S>) => void,
  refusal?: unknown,
) {
  const [found, setFound] = useState<FieldErrors>({});
  const form = useRef<HTMLFormElement | null>(null);
  const problem: Problem | null = refusal ? problemOf(refusal) : null;
  const refused = useMemo(
    () => (problem ? (blamed[problem.code] ?? problem.fields) : {}),
    [problem],
  );
  useEffect(() => {
    if (form.current) focusFirst(form.current, refused);
  }, [refused]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    form.current = event.currentTarget;
    const result = safeParse(schema, Object.fromEntries(new FormData(form.current)));
    const wrong: FieldErrors = {};
    if (!result.success) {
      for (const [name, codes] of Object.entries(flatten(result.issues).nested ?? {}))
        wrong[name] = codes?.[0] ?? 'invalid';
    }
    setFound(wrong);
    if (result.success) send(result.output);
    else focusFirst(form.current, wrong);
  };
  const errors: FieldErrors = Object.keys(found).length > 0 ? found : refused;
  return { errors, onSubmit, problem, trouble: problem && !blamed[problem.code] ? problem : null };
}

function focusFirst(form: HTMLFormElement, errors: FieldErrors): void {
  for (const element of form.elements) {
    const typed = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    if (typed && element.name in errors) {
      element.focus();
      return;
    }
  }
}
