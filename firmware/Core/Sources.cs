using MailAppliance.Configuration;

namespace MailAppliance.Core
{
    /// <summary>
    /// Who is connected, and what he did in the last minute: a source is an IPv4 address, or an IPv6 network of 64 bits, since whoever has
    /// one address there has all of them. Places are fixed at boot; of those that nobody is connected from, the one whose minute began
    /// longest ago goes to the next. All bounds are 0 where they are off.
    /// </summary>
    /// <remarks>Parallel arrays, and seconds in an int, since each field of an object costs the board 12 octets.</remarks>
    public sealed class Sources
    {
        /// <summary>Octets of one place, for the memory plan.</summary>
        public const int PlaceOctets = (4 * 4) + (4 * 2) + 4;

        // A minute, for all that is counted in one.
        private const int MinuteSeconds = 60;

        // More connections than the bound for so long are no burst, unless mail comes by them; it is over when half of them are.
        private const int BurstSeconds = 2;

        // As many as one connection has are free, since a mail client tries one password three ways.
        private const int FreeLogins = Limits.WrongLoginsMax;

        // Odd, so that networks of one site differ.
        private const int HashFactor = 31;

        // What is counted of a source.
        private const int Connections = 0;
        private const int Mails = 1;
        private const int BadCommands = 2;
        private const int WrongLogins = 3;
        private const int Tallies = 4;

        // 2 s are doubled until there is no sense in it.
        private const int DoublingsMax = 12;

        private readonly ApplianceSettings _settings;
        private readonly int[] _keys;
        private readonly int[] _minuteAt;
        private readonly int[] _piledAt;
        private readonly int[] _slowUntil;
        private readonly short[] _tallies;
        private readonly byte[][] _addresses;
        private readonly int[] _counts = new int[Bound.Count];
        private int _now;

        /// <summary>Makes the table; done at boot.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="capacity">Places: more than there can be connections at a time.</param>
        public Sources(ApplianceSettings settings, int capacity)
        {
            _settings = settings;
            _keys = new int[capacity];
            _minuteAt = new int[capacity];
            _piledAt = new int[capacity];
            _slowUntil = new int[capacity];
            _tallies = new short[capacity * Tallies];
            _addresses = new byte[capacity][];
        }

        /// <summary>Where somebody was stopped last, in text form; null where nobody was.</summary>
        public byte[] LastAddress;

        /// <summary>How often anybody was stopped since boot.</summary>
        public int TotalCount;

        /// <summary>How often a bound stopped somebody since boot.</summary>
        /// <param name="bound">One of <see cref="Bound"/>.</param>
        /// <returns>The count.</returns>
        public int CountOf(int bound)
        {
            return _counts[bound];
        }

        /// <summary>Says what time it is, once a turn of the loop.</summary>
        /// <param name="milliseconds">Monotonic milliseconds.</param>
        public void SetTime(long milliseconds)
        {
            _now = (int)(milliseconds / 1000) + 1;
        }

        /// <summary>Takes a connection into account.</summary>
        /// <param name="address">Its 16 octets, see <see cref="IpAddress"/>.</param>
        /// <param name="text">The same in text form; kept until <see cref="Close"/>.</param>
        /// <returns>The source, for the other members, until <see cref="Close"/>.</returns>
        public int Open(byte[] address, byte[] text)
        {
            int key = KeyOf(address);
            int source = Find(key);
            if (_keys[source] != key)
            {
                _keys[source] = key;
                _minuteAt[source] = _now - MinuteSeconds;
                _piledAt[source] = 0;
                _slowUntil[source] = 0;
                _tallies[(source * Tallies) + WrongLogins] = 0;
            }

            _tallies[(source * Tallies) + Connections]++;
            _addresses[source] = text;
            if (_piledAt[source] == 0 && _tallies[(source * Tallies) + Connections] > _settings.ConnectionsEach)
            {
                _piledAt[source] = _now;
            }

            return source;
        }

        /// <summary>A connection is over.</summary>
        /// <param name="source">As <see cref="Open"/> gave it.</param>
        public void Close(int source)
        {
            _tallies[(source * Tallies) + Connections]--;
            if (_tallies[(source * Tallies) + Connections] <= _settings.ConnectionsEach / 2)
            {
                _piledAt[source] = 0;
            }

            if (_tallies[(source * Tallies) + Connections] == 0)
            {
                _addresses[source] = null;
            }
        }

        /// <summary>Whether a source that has just connected is over one of its bounds: then it is counted, and hears so at once.</summary>
        /// <param name="source">The source.</param>
        /// <param name="fetches">Whether it is POP3, where nothing goes without a login.</param>
        /// <returns>One of <see cref="Bound"/>; None where it may come in.</returns>
        public int Over(int source, bool fetches)
        {
            BeginMinute(source);
            int bound = IsPile(source) ? Bound.Connections
                : !fetches && IsOver(_tallies[(source * Tallies) + Mails] + 1, _settings.MailsEach) ? Bound.Mails
                : IsOver(_tallies[(source * Tallies) + BadCommands], _settings.BadCommandsEach) ? Bound.BadCommands
                : fetches && IsSlow(source) ? Bound.Logins : Bound.None;
            if (bound != Bound.None)
            {
                Note(bound, source);
            }

            return bound;
        }

        /// <summary>Whether a source has more connections than it may, and not just in a burst.</summary>
        /// <param name="source">The source.</param>
        /// <returns>True where it has.</returns>
        public bool IsPile(int source)
        {
            return IsOver(_tallies[(source * Tallies) + Connections], _settings.ConnectionsEach) && _piledAt[source] != 0 && _now - _piledAt[source] >= BurstSeconds;
        }

        /// <summary>Counts a mail that is begun.</summary>
        /// <param name="source">Where it comes from.</param>
        /// <returns>False where it is one too many in a minute.</returns>
        public bool TakeMail(int source)
        {
            return Count(Mails, _settings.MailsEach, Bound.Mails, source);
        }

        /// <summary>Counts a command that was refused as unknown or malformed.</summary>
        /// <param name="source">Where it came from.</param>
        /// <returns>False where it is one too many in a minute.</returns>
        public bool TakeBadCommand(int source)
        {
            return Count(BadCommands, _settings.BadCommandsEach, Bound.BadCommands, source);
        }

        /// <summary>A connection was of use: mail was stored, or somebody logged in. However many there are, they do not pile up.</summary>
        /// <param name="source">The source.</param>
        public void NoteUse(int source)
        {
            _piledAt[source] = _now;
        }

        /// <summary>Whether a login may be looked at; where not, it is counted.</summary>
        /// <param name="source">Where it comes from.</param>
        /// <returns>False where it is too soon after wrong ones.</returns>
        public bool TakeLogin(int source)
        {
            return Permit(IsSlow(source), Bound.Logins, source);
        }

        /// <summary>Counts what a login came to: the seventh wrong one makes its source wait 2 seconds for the next, and each more twice as
        /// long.</summary>
        /// <param name="source">Where it came from.</param>
        /// <param name="isRight">Whether it was right; then all is forgotten.</param>
        public void NoteLogin(int source, bool isRight)
        {
            if (isRight)
            {
                _tallies[(source * Tallies) + WrongLogins] = 0;
                NoteUse(source);
                return;
            }

            int doublings = _tallies[(source * Tallies) + WrongLogins] + 1 - FreeLogins;
            if (doublings <= DoublingsMax)
            {
                _tallies[(source * Tallies) + WrongLogins]++;
            }

            if (doublings > 0)
            {
                int seconds = 1 << doublings;
                int most = _settings.LoginDelayMilliseconds / 1000;
                _slowUntil[source] = _now + (seconds < most ? seconds : most);
            }
        }

        /// <summary>Counts what a bound stopped.</summary>
        /// <param name="bound">One of <see cref="Bound"/>.</param>
        /// <param name="source">Whom.</param>
        public void Note(int bound, int source)
        {
            _counts[bound]++;
            TotalCount++;
            LastAddress = _addresses[source];
        }

        private static bool IsOver(int count, int max)
        {
            return max > 0 && count > max;
        }

        private bool IsSlow(int source)
        {
            return _now < _slowUntil[source];
        }

        // Not past the bound by more than one: 16 bits hold it.
        private bool Count(int tally, int max, int bound, int source)
        {
            BeginMinute(source);
            int at = (source * Tallies) + tally;
            if (_tallies[at] <= max)
            {
                _tallies[at]++;
            }

            return Permit(IsOver(_tallies[at], max), bound, source);
        }

        private bool Permit(bool isOver, int bound, int source)
        {
            if (isOver)
            {
                Note(bound, source);
            }

            return !isOver;
        }

        private void BeginMinute(int source)
        {
            if (_now - _minuteAt[source] >= MinuteSeconds)
            {
                _minuteAt[source] = _now;
                _tallies[(source * Tallies) + Mails] = 0;
                _tallies[(source * Tallies) + BadCommands] = 0;
            }
        }

        // His place, or that of who has counted nothing for the longest time of those who are not connected: there always is one.
        private int Find(int key)
        {
            int oldest = -1;
            int least = int.MaxValue;
            for (int at = 0; at < _keys.Length; at++)
            {
                if (_keys[at] == key)
                {
                    return at;
                }

                int last = _minuteAt[at] > _slowUntil[at] ? _minuteAt[at] : _slowUntil[at];
                if (_tallies[(at * Tallies) + Connections] == 0 && last < least)
                {
                    least = last;
                    oldest = at;
                }
            }

            return oldest;
        }

        // An IPv4 address as it is; networks of IPv6 that come to the same number share a place.
        private static int KeyOf(byte[] address)
        {
            return IpAddress.IsIpv4(address) ? Octets.ReadInt32(address, IpAddress.Ipv4Bits / 8)
                : ~(Octets.ReadInt32(address, 0) ^ (Octets.ReadInt32(address, 4) * HashFactor));
        }
    }
}
