//! NOTE TO WHOEVER OWNS THIS FOLDER (23:43): the accounts engineer's check script deleted the uncommitted files
//! of app/src/bookings by mistake (choose.rs, details.rs, mod.rs, summary.rs, times_card.rs, words.rs), and the lines
//! of app/src/routes.rs that named `bookings::`. Nothing of them is in git. I am sorry: please write them out again
//! from your session, replace this file, and commit early.
