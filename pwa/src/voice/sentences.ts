/** Every sentence that can be heard: one for each screen, and the messages that a person must not miss. */
import { screens_vi } from '../messages/screens_vi.ts'
import { voice_vi } from '../messages/voice_vi.ts'

type Message = keyof typeof screens_vi
type Own = Exclude<keyof typeof voice_vi, `voice_${string}`>
export type Sentence = Own | Message

/** Notices, errors and states: whoever adds one in these families adds a sentence with it. */
const FAMILIES = /^(storage|error|sign_in|sync_error|why|approval|clock|refused|toast)_/
/** Of these families, what is no message. */
const NO_MESSAGE = /^sign_in_what$/
/** Messages without a family. */
const SINGLE: readonly Message[] = [
  'update_ready', 'needs_password', 'needs_network_once', 'not_here', 'nothing_found', 'more_than_left',
  'sell_empty', 'goods_empty', 'book_empty', 'photo_not_here', 'photo_refused', 'no_camera', 'not_a_picture',
  'withdrawn_why', 'void_ask', 'void_why', 'voided_why', 'counts_not', 'mend_dismiss_why', 'photos_waiting',
  'sending', 'checked', 'not_checked', 'differs', 'sign_out_blocked',
] // biome-ignore format: a list

export const is_own = (key: string): key is Own => Object.hasOwn(voice_vi, key) && !key.startsWith('voice_')

export const MESSAGES: readonly Message[] = [
  ...(Object.keys(screens_vi) as Message[]).filter((key) => FAMILIES.test(key) && !NO_MESSAGE.test(key)),
  ...SINGLE,
]

const SCREEN_KEYS = (Object.keys(voice_vi) as Own[]).filter((key) => key.startsWith('say_'))

/** In the order in which they are recorded: what is heard most comes first. */
export const SENTENCES: readonly Sentence[] = [...SCREEN_KEYS, ...MESSAGES]
