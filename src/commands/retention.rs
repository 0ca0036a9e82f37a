//! `kontakt retention`: what is kept for how long, and what of it is over.

use crate::{
    commands::{Failure, print},
    config::Config,
    db::Db,
    jobs,
    privacy::{self, CLASSES},
};

/// Prints how much of each class is over, and deletes it unless it is only asked for.
pub async fn run(config: &Config, db: &Db, dry_run: bool) -> Result<(), Failure> {
    let mut lines = format!("{:<14} {:>6} {:>9}  oldest\n", "class", "days", "over");
    for class in CLASSES {
        let (count, oldest) = privacy::count_over(db.reader(), config, class, db.now()).await?;
        let oldest = oldest.map_or_else(|| "-".to_owned(), |at| at.date_naive().to_string());
        let (code, days) = (class.code, class.days(config));
        let kept = if class.is_deleted() { "" } else { "  (kept: the chain must be whole)" };
        lines += &format!("{code:<14} {days:>6} {count:>9}  {oldest}{kept}\n");
    }
    print(lines)?;
    if dry_run {
        return print("Nothing was deleted: this was a dry run.\n");
    }
    jobs::delete_over(db, config).await?;
    print(
        "Contacts, followers and texts that were over are deleted; the service deletes the rest by itself.\n",
    )
}
