import { formatDuration } from "./units.js";

/** `2027-04-01 09:00 UTC`. */
export function formatTime(timestamp: number): string {
  return `${new Date(timestamp * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `2027-04-01 09:00 UTC (in 3 days)`. */
export function formatMoment(timestamp: number, now: number): string {
  const time = formatTime(timestamp);
  // To the minute: nobody plans by seconds.
  const minutes = Math.round(Math.abs(timestamp - now) / 60);
  if (minutes === 0) return `${time} (now)`;
  const distance = roughly(minutes * 60);
  return `${time} (${timestamp > now ? `in ${distance}` : `${distance} ago`})`;
}

/** A duration to the day or the hour, as people say it. */
export function roughly(seconds: number): string {
  const day = 86_400;
  const hour = 3_600;
  if (seconds >= day) return formatDuration(Math.round(seconds / day) * day);
  if (seconds >= hour) return formatDuration(Math.round(seconds / hour) * hour);
  return formatDuration(Math.max(60, Math.round(seconds / 60) * 60));
}
