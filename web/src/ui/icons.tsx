// Drawn here, so that no picture is loaded.

interface Props {
  readonly size?: number;
}

function Icon({ d, size = 22 }: Props & { readonly d: string }) {
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

export const HomeIcon = () => <Icon d="M4 11.5 12 5l8 6.5M6 10v9.5h12V10M10 19.5V14h4v5.5" />;
export const ProposalsIcon = () => <Icon d="M7 3.5h10v17H7zM10 8h4M10 11.5h4M10 15h2.5" />;
export const PowersIcon = () => <Icon d="M12 4v16M7.5 20h9M5 7.5h14M5 7.5 2.8 13h4.4zM19 7.5 16.8 13h4.4z" />;
export const BackIcon = () => <Icon size={18} d="M14.5 5 8 12l6.5 7" />;
export const ArrowIcon = () => <Icon size={18} d="M5 12h13M13 6.5l5.5 5.5-5.5 5.5" />;
export const CheckIcon = () => <Icon size={18} d="m4.5 12.5 5 5 10-11" />;

export function MembersIcon() {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <circle cx="9" cy="12" r="5.5" />
      <circle cx="15" cy="12" r="5.5" />
    </svg>
  );
}

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
