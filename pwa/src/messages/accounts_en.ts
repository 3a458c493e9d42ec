import type { accounts_vi } from './accounts_vi.ts'
import type { Translation } from './catalogue.ts'

export const accounts_en: Translation<typeof accounts_vi> = {
  back: 'Back',
  next: 'Next',
  erase: 'Erase one digit',
  skip: 'Skip',
  minutes: '{n} minute|{n} minutes',
  seconds: '{n} second|{n} seconds',

  who: 'Who is using the phone?',
  role_member: 'Member',
  role_manager: 'Manager',
  role_admin: 'Provincial alliance',
  unsent: '{n} record not sent|{n} records not sent',
  password_wanted: 'needs the password to send',
  add_person: 'Add a person',
  add_person_why: 'Somebody new needs a network once to sign in. Everyone has a book of their own.',

  leave: 'Take off this phone',
  leave_why:
    'This person leaves the list of who uses the phone. The book stays on it; opening it again needs the password and a network.',
  leave_blocked:
    '{n} record of this person is only on this phone. Send it first.|{n} records of this person are only on this phone. Send them first.',
  leave_send: 'Send, then take off',
  leave_sending: 'Sending…',
  leave_not_sent: 'Not sent. Try again when there is a network.',
  leave_password: 'Not sent: this person has to enter the password.',
  leave_open: 'Open the book to save a file',

  portrait: 'My picture',
  portrait_why: 'A picture to find your book by when several people use the phone. It stays on this phone.',
  portrait_set: 'Add my picture',
  portrait_change: 'Change my picture',
  portrait_drop: 'Remove my picture',

  pin: 'PIN',
  pin_of: 'PIN of {name}',
  pin_typed: '{n} digit typed|{n} digits typed',
  wrong_pin: 'That is not the PIN.',
  wait: 'Wrong too often. Wait {time}, then try again.',
  no_pin: 'No PIN yet',
  forgot: 'Forgot the PIN?',
  forgot_title: 'Forgot the PIN',
  forgot_password: 'With a network: enter the password below and choose a new PIN.',
  forgot_manager:
    'Password forgotten too: when there is a network, ask the co-operative’s manager for a new QR code, scan it, and choose a new password and PIN.',
  forgot_safe: 'Nothing on the phone is lost, nor what is not sent yet.',

  hand_on: 'Hand the phone on',
  hand_on_why: 'Locks your book; others open theirs. The phone goes on sending for everyone.',
  hand_on_first:
    'When several people share the phone, each has a book of their own behind a PIN. Choose yours first.',
  set_pin: 'Set a PIN',
  change_pin: 'Change the PIN',
  old_pin: 'Enter the old PIN',
  lock_after: 'Locks when not used for',
  lock_after_0: 'At once',
  lock_after_5: '5 minutes',
  lock_after_30: '30 minutes',

  choose: 'Choose a PIN',
  choose_for: 'Choose a PIN for {name}',
  choose_why: '4 to 6 digits, so that others who use the phone do not open your book.',
  choose_is: 'The PIN stays on this phone. It is not a password and does not protect as a password does.',
  choose_again: 'Enter it once more',
  choose_differ: 'The two were not the same. Choose again.',
  choose_failed: 'The PIN could not be saved. Try again.',
}
