import type { Locator } from '@playwright/test';
import jsQR from 'jsqr';
import { Secret, TOTP } from 'otpauth';

/** A phone with the secret: the code of now, and of the step after it, which the server takes too. */
export function authenticator(secret: string) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const at = (step: number) => totp.generate({ timestamp: Date.now() + step * 30_000 });
  return { now: () => at(0), next: () => at(1) };
}

/** Looks at a picture on the screen as a phone's camera does; the text of its QR code. */
export async function scan(picture: Locator): Promise<string | undefined> {
  const png = (await picture.screenshot()).toString('base64');
  const seen = await picture.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const { data, width, height } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {};
    return { data: [...(data ?? [])], width: width ?? 0, height: height ?? 0 };
  }, png);
  return jsQR(Uint8ClampedArray.from(seen.data), seen.width, seen.height, {
    // As cameras that know only dark on light.
    inversionAttempts: 'dontInvert',
  })?.data;
}
