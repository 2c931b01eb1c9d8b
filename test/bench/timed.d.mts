export function timed(step: () => void, seconds: number): number;
