using System;
using System.Text;
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Hal;
using MailAppliance.Smtp;
using MailAppliance.Store;

namespace MailAppliance.Loop
{
    /// <summary>
    /// Tells the owner what he should know, by a mail from the null reverse-path into postmaster's maildrop: at most one a day for
    /// each <see cref="NoticeCause"/>, also where the appliance restarts in between, since the ring keeps when it was told last.
    /// </summary>
    /// <remarks>
    /// Its words are literals, which on the board stay in flash, and go straight into the record: a notice takes no buffer of its own.
    /// </remarks>
    public sealed class Notices
    {
        private const long DaySeconds = 86400;
        private const long DayMilliseconds = 1000 * DaySeconds;
        private const int LookMilliseconds = 1000;

        // What lasts shorter is no news: somebody fetched his mail. And all who were turned away meanwhile are in one mail. Not so
        // a restart: the next may come before that.
        private const int SettleMilliseconds = 15 * 60 * 1000;

        // A card or a ring that does not take it now is not asked each second.
        private const int RetryMilliseconds = 60000;

        private const int FullPercent = 80;

        // Less, and a ring that drops its oldest mail is told of once more when it fills up again.
        private const int NoLongerFullPercent = 70;

        // Octets of a reason to restart that are told.
        private const int ReasonOctetsMax = 400;

        private const long Never = -1;

        private readonly ApplianceSettings _settings;
        private readonly MailStore _store;
        private readonly NoticeCommit _commit;
        private readonly IClock _clock;
        private readonly MailIds _ids;
        private readonly EventLog _log;
        private readonly long[] _since = new long[NoticeCause.Count];
        private readonly long[] _toldAt = new long[NoticeCause.Count];
        private readonly long _startedAt;
        private readonly int _maildrop;
        private long _lookAt;
        private bool _wasToldFull;
        private int _damageTold;
        private int _damage;
        private byte[] _reason;
        private long _ranSeconds;
        private int _restarts;
        private byte[] _buffer;
        private int _end;

        /// <summary>Makes it; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="store">The store, which has <see cref="MailStore.Notice"/>.</param>
        /// <param name="clock">Time.</param>
        /// <param name="ids">Numbers for Message-IDs.</param>
        /// <param name="log">Told of what was told.</param>
        public Notices(ApplianceSettings settings, MailStore store, IClock clock, MailIds ids, EventLog log)
        {
            _settings = settings;
            _store = store;
            _commit = store.Notice;
            _clock = clock;
            _ids = ids;
            _log = log;
            _startedAt = clock.MonotonicMilliseconds;
            _maildrop = settings.Addresses.Postmaster;
            for (int at = 0; at < _since.Length; at++)
            {
                _since[at] = Never;
                _toldAt[at] = Never;
            }
        }

        /// <summary>Who was turned away by a bound, and has not been told of.</summary>
        public readonly TurnedAway TurnedAway = new TurnedAway();

        /// <summary>Mails written since boot.</summary>
        public int Count;

        /// <summary>Whether a restart is still to be told; its host keeps it until then.</summary>
        public bool OwesRestart
        {
            get { return _reason != null; }
        }

        /// <summary>The appliance restarted by itself. Called before it starts.</summary>
        /// <param name="reason">Why; kept, and what is not printable becomes a space.</param>
        /// <param name="ranSeconds">How long it had run.</param>
        /// <param name="count">Restarts that have not been told, this one among them.</param>
        public void Restarted(byte[] reason, long ranSeconds, int count)
        {
            for (int at = 0; at < reason.Length; at++)
            {
                reason[at] = reason[at] < Octets.Space || reason[at] > 126 ? Octets.Space : reason[at];
            }

            _reason = reason;
            _ranSeconds = ranSeconds;
            _restarts = count;
        }

        /// <summary>Looks whether there is something to tell, once a second, and tells it.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <param name="damageCount">How often damage was found since boot.</param>
        /// <returns>Whether the store was used: others may have an outcome.</returns>
        public bool Turn(long now, int damageCount)
        {
            if (now < _lookAt)
            {
                return false;
            }

            _lookAt = now + LookMilliseconds;
            _damage = damageCount;
            LookAtRing(now);
            Look(NoticeCause.Damage, _damage != _damageTold, now);
            Look(NoticeCause.Restart, _reason != null, now);
            Look(NoticeCause.TurnedAway, TurnedAway.Count > 0, now);
            for (int cause = 1; cause <= NoticeCause.Count; cause++)
            {
                if (IsDue(cause, now))
                {
                    Tell(cause, now);
                    return true;
                }
            }

            return false;
        }

        private void LookAtRing(long now)
        {
            int percent = _store.UsePercent;
            Look(NoticeCause.Full, percent >= FullPercent && !(_wasToldFull && _settings.DropOldest), now);
            _wasToldFull &= percent >= NoLongerFullPercent;
        }

        private void Look(int cause, bool isSo, long now)
        {
            int at = cause - 1;
            _since[at] = !isSo ? Never : _since[at] == Never ? now : _since[at];
        }

        private bool IsDue(int cause, long now)
        {
            long since = _since[cause - 1];
            return since != Never && (cause == NoticeCause.Restart || now - since >= SettleMilliseconds) && MayTell(cause, now);
        }

        // Our own time first, since it never jumps. Of what an earlier run told, the date speaks where there is one; else it is a
        // day from the start on.
        private bool MayTell(int cause, long now)
        {
            long told = _toldAt[cause - 1];
            if (told != Never)
            {
                return now - told >= DayMilliseconds;
            }

            long seconds = _commit.ToldSeconds(cause);
            return seconds == 0
                || (seconds > 0 && _clock.IsUtcKnown && _clock.UtcSeconds - seconds >= DaySeconds)
                || now - _startedAt >= DayMilliseconds;
        }

        private void Tell(int cause, long now)
        {
            int result = _commit.Begin();
            if (result == StoreResult.Ok)
            {
                Compose(cause);
                result = _commit.Finish(cause, _maildrop, _end, _clock.IsUtcKnown, _clock.UtcSeconds);
            }

            _buffer = null;
            if (result != StoreResult.Ok)
            {
                _lookAt = now + RetryMilliseconds;
                _log.Begin(LogSeverity.Warning, Words.NoticeFailed).Add(cause).End();
                return;
            }

            Count++;
            _toldAt[cause - 1] = now;
            _since[cause - 1] = Never;
            _log.Begin(LogSeverity.Notice, Words.NoticeStored).AddHex(_store.Epoch).AddHex(_commit.UniqueId).End();
            Forget(cause);
        }

        private void Forget(int cause)
        {
            switch (cause)
            {
                case NoticeCause.Full:
                    _wasToldFull = true;
                    break;
                case NoticeCause.Damage:
                    _damageTold = _damage;
                    break;
                case NoticeCause.Restart:
                    _reason = null;
                    break;
                default:
                    TurnedAway.Count = 0;
                    break;
            }
        }

        private void Compose(int cause)
        {
            _buffer = _commit.Buffer;
            _end = NoticeCommit.At;
            Say("Return-Path: <>\r\nFrom: MailAppliance <postmaster@$h>\r\nTo: postmaster@$h\r\n");
            if (_clock.IsUtcKnown)
            {
                _end = TraceFields.WriteDate(_clock.UtcSeconds, _buffer, _end);
            }

            _end = TraceFields.WriteMessageId(_settings.Host, _buffer, _end, _ids.Epoch, _ids.Next());
            Say("Auto-Submitted: auto-generated\r\nSubject: $h: ");
            switch (cause)
            {
                case NoticeCause.Full:
                    Say("the card is $u % full\r\n\r\nThere are $m messages, and places for $p.\r\n");
                    Say(_settings.DropOldest ? "When there is no room, the oldest mail goes for new mail.\r\n"
                        : "When there is no room, new mail is refused until some is deleted.\r\n");
                    break;
                case NoticeCause.Damage:
                    Say("mail on the card is damaged\r\n\r\n$d times since the start, or since the last mail like this, a message or\r\n"
                        + "a record could not be read. What can be read stays there.\r\n"
                        + "Look at the card with \"card verify\", and think of another one.\r\n");
                    break;
                case NoticeCause.Restart:
                    Say("restarted by itself\r\n\r\n$n times since it last told so; the last time it had run for $s seconds.\r\nThe reason:\r\n\r\n  $r\r\n");
                    break;
                default:
                    Say("mail was turned away\r\n\r\n$t times a device was refused, because all connections were taken, there\r\n"
                        + "was no room, or the mail was too large. The last one was at $a.\r\n");
                    break;
            }

            Say("\r\nThis is told once a day at most; \"notices = no\" in appliance.ini turns it off.\r\n.\r\n");
        }

        // $ and a letter stand for a value.
        private void Say(string words)
        {
            int at = 0;
            int mark = words.IndexOf('$');
            while (mark >= 0)
            {
                _end += Encoding.UTF8.GetBytes(words, at, mark - at, _buffer, _end);
                AddValue(words[mark + 1]);
                at = mark + 2;
                mark = words.IndexOf('$', at);
            }

            _end += Encoding.UTF8.GetBytes(words, at, words.Length - at, _buffer, _end);
        }

        private void AddValue(char letter)
        {
            switch (letter)
            {
                case 'h':
                    Add(_settings.Host, _settings.Host.Length);
                    break;
                case 'a':
                    Add(TurnedAway.LastAddress, TurnedAway.LastAddress.Length);
                    break;
                case 'r':
                    Add(_reason, _reason.Length < ReasonOctetsMax ? _reason.Length : ReasonOctetsMax);
                    break;
                default:
                    long value = letter == 'u' ? _store.UsePercent
                        : letter == 'm' ? _store.Index.Count
                        : letter == 'p' ? _store.Index.Capacity
                        : letter == 'd' ? _damage - _damageTold
                        : letter == 'n' ? _restarts
                        : letter == 's' ? _ranSeconds : TurnedAway.Count;
                    _end += Octets.WriteDecimal(value, _buffer, _end);
                    break;
            }
        }

        private void Add(byte[] octets, int count)
        {
            Array.Copy(octets, 0, _buffer, _end, count);
            _end += count;
        }
    }
}
