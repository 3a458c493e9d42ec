import { Banner } from '../ui/banner.tsx'
import { failure } from './recording.ts'

/** Why something was not done, in words; nothing while nothing has failed. */
export const Failed = <Reason,>(props: {
  error: Reason | null
  /** Left out where something is recorded on this phone. */
  words?: ((error: Reason) => string) | undefined
}) =>
  props.error === null ? null : (
    <Banner tone="bad" icon="alert">
      {(props.words ?? failure)(props.error)}
    </Banner>
  )
