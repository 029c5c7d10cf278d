import { useState, type FormEvent } from 'react';
import { flatten, safeParse, type GenericSchema, type InferOutput } from 'valibot';

export type FieldErrors = Record<string, string>;

/**
 * Checks a native form with a schema before it is sent. The first wrong field gets the focus.
 * Errors are codes, the API's own included (`problem.fields`); the screens choose the words.
 */
export function useValidForm<S extends GenericSchema>(
  schema: S,
  send: (values: InferOutput<S>) => void,
) {
  const [errors, setErrors] = useState<FieldErrors>({});
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const result = safeParse(schema, Object.fromEntries(new FormData(form)));
    const found: FieldErrors = {};
    if (!result.success) {
      for (const [name, codes] of Object.entries(flatten(result.issues).nested ?? {}))
        found[name] = codes?.[0] ?? 'invalid';
    }
    setErrors(found);
    if (result.success) send(result.output);
    else focusFirst(form, found);
  };
  return { errors, onSubmit };
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
