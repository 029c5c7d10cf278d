import type { ComponentProps } from 'react';
import type { Sample } from './samples';

interface Props extends Omit<ComponentProps<'img'>, 'src' | 'srcSet' | 'width' | 'height' | 'alt'> {
  sample: Sample;
  alt: string;
  /** How wide it is shown, for the choice between the small and the large file. */
  sizes: string;
}

/** A sample picture in the size its place needs. */
export function SampleImage({ sample, alt, ...rest }: Props) {
  const { name, width, height, smallWidth } = sample;
  return (
    <img
      {...rest}
      alt={alt}
      width={width}
      height={height}
      srcSet={`/img/${name}-s.webp ${smallWidth}w, /img/${name}.webp ${width}w`}
      src={`/img/${name}.webp`}
    />
  );
}
