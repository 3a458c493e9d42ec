import type { Translation } from './catalogue.ts'
import type { enrol_vi } from './enrol_vi.ts'

export const enrol_en: Translation<typeof enrol_vi> = {
  enrol: 'Come in',
  enrol_hello: 'Hello {name}!',
  enrol_invites: '{coop} invites you to its sales book.',
  enrol_not_me: 'That is not me',
  enrol_looking: 'Looking at the code…',
  enrol_password: 'Choose a password',
  enrol_password_hint: 'At least 8 letters or digits. Remember it and tell nobody.',
  enrol_go: 'Come in',
  enrol_going: 'Coming in…',
  enrol_error_code_spent:
    'This code was used: each lets in once. If you came in by it, sign in. If not, ask the manager for a new one.',
  enrol_error_code_expired: 'This code is older than 24 hours: it has ended. Ask the manager for a new one.',
  enrol_error_code_replaced: 'The manager has made a newer code in its place. Scan the newest one.',
  enrol_error_code_unknown: 'There is no such code. Scan it again, or ask the manager for a new one.',
  enrol_error_spent_here: 'The code was used. If you chose a password before, type that same password.',
  enrol_error_no_network: 'No network. The phone keeps this code: you can come in once there is one.',
  enrol_error_no_answer:
    'This network does not reach the Internet. The phone keeps this code: you can come in once it does.',
  enrol_error_unavailable: 'The server is busy. The phone keeps this code: try again in a while.',
  enrol_error_rate_limited: 'Too many attempts. Wait a while.',
  enrol_error_forbidden: 'This account cannot come in by a code. Ask the manager of your co-operative.',
  enrol_error_password_too_short: 'A password needs at least 8 letters or digits.',
  enrol_error_password_too_long: 'The password is too long.',
  enrol_error_failed: 'That did not work. Try again.',
  enrol_wait: 'Too many attempts. Wait {n} minute.|Too many attempts. Wait {n} minutes.',
  enrol_later: 'Later',
  enrol_other_code: 'Scan another code',
  enrol_in: 'You are in the book of {coop}',
  enrol_book_coming: 'Fetching the book…',
  enrol_book_here: 'The book is on the phone',
  enrol_offline_coming: 'Keeping the app on the phone…',
  enrol_member_code: 'Member code: {code}. Write it down: you sign in with it on another phone.',
  enrol_start: 'Start selling',

  scan_how: 'Hold the phone close to the code that the manager shows.',
  scan_view: 'What the camera sees',
  scan_no_camera:
    'The camera does not open here. Take a picture of the code and choose it, or paste the link.',
  scan_picture: 'Choose a picture of the code',
  scan_nothing: 'There is no code in this picture. Go closer and take a sharper one.',
  scan_other: 'This is no invitation of this Chợ Phiên.',
  scan_paste: 'Or paste the code or the link',
  scan_use: 'Use this code',

  in_app: 'Open it in a browser',
  in_app_why:
    'This page is open inside another app (Zalo, Facebook…). The book cannot be kept on the phone here. Open it in Chrome or Safari.',
  in_app_how: 'Or tap ⋮ or ⋯ in the corner and choose “Open in browser”.',
  in_app_chrome: 'Open in Chrome',
  copy_link: 'Copy the link',
  copied: 'Copied. Paste it into the browser.',
  copy_by_hand: 'Hold a finger on this line to copy it:',
  install: 'Install Chợ Phiên first',
  install_why:
    'On an iPhone, a page that is not installed may lose its book after 7 days without being opened.',
  install_share: 'Tap the Share button in the bar below.',
  install_add: 'Choose “Add to Home Screen”.',
  install_open:
    'Open Chợ Phiên from the home screen, choose “Scan an invitation”, and scan the code again or paste it.',
  install_copy: 'Copy the code',
  install_copied: 'The code was copied.',
  install_not: 'Do not install, go on here',
}
