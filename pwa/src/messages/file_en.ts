import type { Translation } from './catalogue.ts'
import type { file_vi } from './file_vi.ts'

export const file_en: Translation<typeof file_vi> = {
  save: 'Save to a file',
  save_what: 'The file keeps the records and photos that only this phone has, should it break or get lost.',
  password: 'The file’s password',
  password_hint: 'At least 8 letters or digits. Nobody opens the file without it.',
  password_short: 'A password needs at least 8 letters or digits.',
  make: 'Lock the file',
  making: 'Locking the file…',
  made: 'The file has {n} item and {photos} photos. Keep it outside this phone.|The file has {n} items and {photos} photos. Keep it outside this phone.',
  left_out:
    '{n} photo did not fit. It stays on the phone and is sent later.|{n} photos did not fit. They stay on the phone and are sent later.',
  share: 'Send the file',
  download: 'Download the file',
  save_failed: 'The file could not be saved. Try again.',

  take: 'Take back from a file',
  take_what: 'Choose a file that this or another phone saved. Taking it back again records nothing twice.',
  choose: 'Choose a file',
  open: 'Take back',
  opening: 'Opening the file…',
  taken_here:
    'Took back {n} item of {name}. It is sent once there is a network.|Took back {n} items of {name}. They are sent once there is a network.',
  taken_sign_in:
    '{n} item of {name} is kept on this phone. It is sent when {name} signs in.|{n} items of {name} are kept on this phone. They are sent when {name} signs in.',
  known:
    '{n} item was on this phone already: nothing was added.|{n} items were on this phone already: nothing was added.',
  photos: '{n} photo|{n} photos',
  error_not_ours: 'This is no file of Chợ Phiên.',
  error_too_new: 'The file is of a newer release. Update Chợ Phiên and open it again.',
  error_damaged: 'The file is damaged or cut off. Copy it again from where you keep it.',
  error_unknown_owner:
    'This old file does not name its owner. Whose it is signs in on this phone first, then takes it back.',
  error_wrong_password: 'That is not the file’s password.',
  error_other_coop:
    'This file was recorded in another co-operative. Hand it to the manager of that co-operative.',
  error_storage_full: 'The phone is full. Delete some photos or films and take it back again.',
  error_other: 'That did not work. Try again.',
}
