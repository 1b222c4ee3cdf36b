// Drawn here, so that no picture is loaded.

interface Props {
  readonly size?: number;
}

/** A drawing of one line. */
export function Icon({ d, size = 22 }: Props & { readonly d: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}

export const BackIcon = () => <Icon size={18} d="M14.5 5 8 12l6.5 7" />;
export const ArrowIcon = () => <Icon size={18} d="M5 12h13M13 6.5l5.5 5.5-5.5 5.5" />;
export const CheckIcon = () => <Icon size={18} d="m4.5 12.5 5 5 10-11" />;

/** Two rings that share a middle (輪違い). */
export function Rings() {
  return (
    <svg
      width="38"
      height="26"
      viewBox="0 0 364 244"
      fill="none"
      stroke="currentColor"
      strokeWidth="20"
      aria-hidden="true"
    >
      <circle cx="122" cy="122" r="110" />
      <circle cx="242" cy="122" r="110" />
    </svg>
  );
}

export function Emboss() {
  return (
    <svg
      className="emboss"
      viewBox="0 0 364 244"
      fill="none"
      stroke="currentColor"
      strokeWidth="4"
      aria-hidden="true"
    >
      {[122, 242].flatMap((x) => [118, 86].map((r) => <circle key={`${x} ${r}`} cx={x} cy="122" r={r} />))}
    </svg>
  );
}
