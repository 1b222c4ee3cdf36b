// Of the contents: whoever receives something needs none of them.
import { Icon } from "../ui/icons.js";

export const HomeIcon = () => <Icon d="M4 11.5 12 5l8 6.5M6 10v9.5h12V10M10 19.5V14h4v5.5" />;
export const ProposalsIcon = () => <Icon d="M7 3.5h10v17H7zM10 8h4M10 11.5h4M10 15h2.5" />;
export const IdeasIcon = () => (
  <Icon d="M9.5 17.5h5M10 20.5h4M9.5 17.5c0-3-3-4-3-8a5.5 5.5 0 0 1 11 0c0 4-3 5-3 8" />
);
export const PowersIcon = () => <Icon d="M12 4v16M7.5 20h9M5 7.5h14M5 7.5 2.8 13h4.4zM19 7.5 16.8 13h4.4z" />;

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
