import { lazy } from '../ui/lazy.tsx'

/** The member's screens that come after the first sale could be made, in one piece. */
export const member = lazy(() => import('./member.ts'))
