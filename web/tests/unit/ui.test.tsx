import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { object, pipe, string, minLength, nonEmpty } from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { draftOf, emptyDraft, keepDraft, readDraft, requestOf } from '@/ui/draft';
import { Field } from '@/ui/Field';
import { ratioOf } from '@/ui/ratio';
import { reasonText } from '@/ui/reasonText';
import { Trouble } from '@/ui/Trouble';
import { useValidForm } from '@/ui/useValidForm';
import type { Picture } from '@/api/types';
import { show } from '../support';

describe('Button', () => {
  it('does nothing while busy, and stays reachable by keyboard', async () => {
    const press = vi.fn();
    show(
      <Button busy onClick={press}>
        {'go'}
      </Button>,
    );

    await userEvent.click(screen.getByRole('button'));
    await userEvent.tab();

    expect(press).not.toHaveBeenCalled();
    expect(screen.getByRole('button')).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('Choice', () => {
  function Frames() {
    const [value, choose] = useState('a');
    return (
      <Choice
        legend="Frames"
        name="f"
        value={value}
        onChange={choose}
        options={[
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ]}
      />
    );
  }

  it('is a radio group by name, walked with the arrow keys', async () => {
    show(<Frames />);
    const group = screen.getByRole('group', { name: 'Frames' });

    await userEvent.click(within(group).getByRole('radio', { name: 'A' }));
    await userEvent.keyboard('{ArrowRight}');

    expect(within(group).getByRole('radio', { name: 'B' })).toBeChecked();
  });
});

describe('a form', () => {
  function Form({ send }: { send: (values: { name: string }) => void }) {
    const { errors, onSubmit } = useValidForm(
      object({ name: pipe(string(), nonEmpty('required'), minLength(3, 'too_short')) }),
      send,
    );
    return (
      <form noValidate onSubmit={onSubmit}>
        <Field label="Name" name="name" error={errors['name']} />
        <button type="submit">{'send'}</button>
      </form>
    );
  }

  it('names what is wrong, joins it to the field and puts the focus there', async () => {
    const send = vi.fn();
    show(<Form send={send} />);

    await userEvent.click(screen.getByRole('button'));

    const field = screen.getByLabelText('Name');
    expect(field).toHaveAccessibleDescription('required');
    expect(field).toBeInvalid();
    expect(field).toHaveFocus();
    expect(send).not.toHaveBeenCalled();
  });

  it('sends what is right', async () => {
    const send = vi.fn();
    show(<Form send={send} />);

    await userEvent.type(screen.getByLabelText('Name'), 'Lan{Enter}');

    expect(send).toHaveBeenCalledWith({ name: 'Lan' });
  });
});

describe('Trouble', () => {
  it('says what happened in the language at hand and offers to try again', async () => {
    const retry = vi.fn();
    show(
      <Trouble
        error={new Problem('painter.unavailable', 503, { requestId: 'req-7' })}
        onRetry={retry}
      />,
      'en',
    );

    expect(screen.getByRole('alert')).toHaveTextContent('The engine is resting');
    expect(screen.getByRole('alert')).toHaveTextContent('req-7');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });
});

describe('the draft', () => {
  it('survives in the tab, and damage in storage does not break it', () => {
    keepDraft({ ...emptyDraft, prompt: 'bay' });
    expect(readDraft().prompt).toBe('bay');
    sessionStorage.setItem('draft', '{');
    expect(readDraft()).toEqual(emptyDraft);
  });

  it('sends only what the engine takes', () => {
    const draft = { ...emptyDraft, prompt: ' bay ', seed: '7', negativePrompt: 'fog' };
    expect(requestOf(draft, { seed: false, negativePrompt: false })).toEqual({
      prompt: 'bay',
      aspectRatio: '1:1',
      style: 'none',
    });
    expect(requestOf(draft, { seed: true, negativePrompt: true })).toMatchObject({
      seed: 7,
      negativePrompt: 'fog',
    });
  });

  it('is made again from a picture, with a new seed', () => {
    const picture = { prompt: 'bay', aspectRatio: '3:4', style: '', seed: 9 } as Picture;
    expect(draftOf(picture)).toEqual({ ...emptyDraft, prompt: 'bay', aspectRatio: '3:4' });
  });
});

it('knows shapes and reasons', () => {
  expect(ratioOf('16:9')).toBeCloseTo(16 / 9);
  expect(reasonText((key) => key, undefined)).toBe('reason.other');
  expect(reasonText((key) => key, 'wrong_otp')).toBe('reason.otp');
});
