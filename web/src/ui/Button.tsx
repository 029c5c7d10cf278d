import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';

const looks = {
  primary: 'bg-cobalt text-on-cobalt border-cobalt hover:bg-cobalt-deep hover:border-cobalt-deep',
  secondary: 'bg-surface text-ink border-edge hover:border-cobalt hover:text-cobalt',
  quiet: 'bg-transparent text-cobalt border-transparent hover:bg-wash',
  danger: 'bg-surface text-coral border-coral hover:bg-coral-wash',
  glaze: 'bg-on-glaze text-glaze border-on-glaze hover:bg-on-glaze-2',
} as const;

export type Look = keyof typeof looks;

export const buttonClass = (look: Look, className?: string) =>
  clsx(
    'inline-flex min-h-11 items-center justify-center gap-2 rounded border px-4 py-2 text-center font-semibold no-underline',
    'transition-colors duration-120 disabled:cursor-not-allowed disabled:opacity-55',
    'aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    looks[look],
    className,
  );

interface Props extends ComponentProps<'button'> {
  look?: Look;
  /** Work in progress: the button stays focusable but does nothing. */
  busy?: boolean;
}

export function Button({
  look = 'secondary',
  busy = false,
  className,
  type = 'button',
  onClick,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the caller's type, "button" by default
      type={type}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(look, className)}
    />
  );
}

interface LinkProps {
  to: string;
  look?: Look;
  className?: string;
  children: ReactNode;
}

/** A place to go that looks like a button. */
export function ButtonLink({ to, look = 'secondary', className, children }: LinkProps) {
  return (
    <Link to={to} className={buttonClass(look, className)}>
      {children}
    </Link>
  );
}
