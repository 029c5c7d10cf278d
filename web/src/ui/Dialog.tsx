import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A question over the page. The browser's own modal dialog keeps the focus inside and gives it
 * back.
 */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before the element leaves the page, so that closing gives the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={heading}
      className="sheet"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="rim" />
      <div className="p-6">
        <h2 id={heading} className="text-xl">
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
