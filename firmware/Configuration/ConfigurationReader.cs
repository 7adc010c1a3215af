using MailAppliance.Core;

namespace MailAppliance.Configuration
{
    /// <summary>Reads a configuration file: INI, UTF-8, the same on desktop and board. For boot: it allocates.</summary>
    /// <remarks>
    /// <para>
    /// <c># </c> and <c>;</c> begin a comment where they begin a line or follow white space. A value in double quotes is taken as it is.
    /// Keys, sections and words are compared without case. <c>appliance.example.ini</c> shows every key.
    /// </para>
    /// <para>
    /// The file is walked over twice: the first time checks each line and counts, so that the second time fills arrays
    /// that are exactly large enough. Of several errors the one that stands first in the file counts.
    /// </para>
    /// </remarks>
    public sealed class ConfigurationReader
    {
        /// <summary>Octets of a password: with PASS and its line end it must fit a POP3 line.</summary>
        public const int PasswordOctetsMax = 255;

        private const int Nowhere = 0;
        private const int InAppliance = 1;
        private const int InMaildrop = 2;
        private const int InAccess = 3;

        private readonly ConfigurationDefaults _defaults;
        private byte[] _buffer;
        private ConfigurationLine _line;
        private ConfigurationKeys _keys;
        private MaildropSections _maildrops;
        private AccessList _access;
        private int _section;
        private int _applianceLine;
        private int _maildropCount;
        private int _elementCount;
        private int _networkCount;
        private int _accessLine;

        /// <summary>Makes a reader with the defaults of the table.</summary>
        public ConfigurationReader()
            : this(new ConfigurationDefaults())
        {
        }

        /// <summary>Makes a reader with defaults of an application's own.</summary>
        /// <param name="defaults">The defaults; kept.</param>
        public ConfigurationReader(ConfigurationDefaults defaults)
        {
            _defaults = defaults;
        }

        /// <summary>What was wrong with the file read last; null where nothing was.</summary>
        public ConfigurationError Error { get; private set; }

        /// <summary>Reads a file.</summary>
        /// <param name="buffer">The caller's, unchanged; nothing of it is kept.</param>
        /// <param name="offset">First octet of the file.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>The settings, complete and checked; null where <see cref="Error"/> says what is wrong.</returns>
        public ApplianceSettings Read(byte[] buffer, int offset, int count)
        {
            _buffer = buffer;
            _line = new ConfigurationLine(buffer, offset, count);
            _keys = new ConfigurationKeys();
            _applianceLine = 0;
            _maildropCount = 0;
            _elementCount = 0;
            _networkCount = 0;
            _accessLine = 0;
            Error = null;
            Walk();
            if (_maildropCount == 0)
            {
                Fail("expected at least one section [maildrop NAME]");
            }

            ApplianceSettings settings = Error == null ? Make() : null;

            // Some 5 KiB that the board wants back.
            _buffer = null;
            _line = null;
            _keys = null;
            _maildrops = null;
            _access = null;
            return Error == null ? settings : null;
        }

        // The first time _maildrops and _access are not there yet.
        private void Walk()
        {
            _section = Nowhere;
            _line.Restart();
            while (_line.Next())
            {
                switch (_line.Kind)
                {
                    case ConfigurationLine.Section:
                        TakeSection();
                        break;
                    case ConfigurationLine.Pair:
                        TakePair();
                        break;
                    case ConfigurationLine.Wrong:
                        Fail(_line.Problem);
                        break;
                    default:
                        break;
                }
            }
        }

        private void TakeSection()
        {
            if (_line.IsName("maildrop"))
            {
                if (_line.ValueCount > Limits.MaildropNameOctetsMax
                    || !AddressSyntax.IsMailbox(_buffer, _line.ValueOffset, _line.ValueCount))
                {
                    Fail("[maildrop]: expected a name of at most 64 octets, such as the local-part of an address" + _line.FoundValue());
                }

                _section = InMaildrop;
                _maildropCount++;
                if (_maildrops != null)
                {
                    _maildrops.Begin(_line.Number, _line.CopyValue());
                }
            }
            else if (_line.IsName("appliance") && _line.ValueCount == 0)
            {
                _section = InAppliance;
                _applianceLine = Once(_applianceLine, "[appliance] was begun");
            }
            else if (_line.IsName("access") && _line.ValueCount == 0)
            {
                _section = InAccess;
                _accessLine = Once(_accessLine, "[access] was begun");
            }
            else
            {
                Fail("expected the section [appliance], [access] or [maildrop NAME], found [" + _line.ShowName() + "]");
            }

            _line.TakesWords = _section == InAccess;
        }

        private int Once(int line, string what)
        {
            if (line != 0 && line != _line.Number)
            {
                Fail(what + " on line " + line.ToString() + " already");
            }

            return _line.Number;
        }

        private void TakePair()
        {
            switch (_section)
            {
                case InAppliance:
                    TakeApplianceKey();
                    break;
                case InMaildrop:
                    TakeMaildropKey();
                    break;
                case InAccess:
                    TakeNetwork();
                    break;
                default:
                    Fail("expected a section, [appliance], [access] or [maildrop NAME], before the first key");
                    break;
            }
        }

        private void TakeApplianceKey()
        {
            int index = _keys.Find(_buffer, _line.NameOffset, _line.NameCount);
            if (index < 0)
            {
                Fail("unknown key \"" + _line.ShowName() + "\" in [appliance]");
                return;
            }

            ConfigurationKey key = _keys.All[index];
            key.Line = Once(key.Line, key.Name + ": given");
            Fail(_line.ParseValue(key));
        }

        private void TakeMaildropKey()
        {
            int line = _line.Number;
            if (_line.IsName("password"))
            {
                if (_line.ValueCount < 1 || _line.ValueCount > PasswordOctetsMax)
                {
                    Fail("password: expected 1 to 255 octets, in double quotes where # or ; follows white space");
                }
                else if (_maildrops != null)
                {
                    _maildrops.TakePassword(line, _line.CopyValue());
                }
            }
            else if (_line.IsName("password-hash"))
            {
                PasswordHash hash = PasswordHash.Parse(_buffer, _line.ValueOffset, _line.ValueCount);
                if (hash == null)
                {
                    Fail("password-hash: expected pbkdf2-sha256:ITERATIONS:SALT:HASH, as the card tool's password prints it");
                }
                else if (_maildrops != null)
                {
                    _maildrops.TakePasswordHash(line, hash);
                }
            }
            else if (_line.IsName("addresses"))
            {
                CheckAddresses();
                if (_maildrops != null)
                {
                    _maildrops.TakeAddresses(line, Elements());
                }
            }
            else
            {
                TakeQuota();
            }
        }

        private void TakeQuota()
        {
            ConfigurationKey quota = _line.IsName("quota") ? _keys.Quota : _line.IsName("quota-messages") ? _keys.QuotaMessages : null;
            if (quota == null)
            {
                Fail("unknown key \"" + _line.ShowName() + "\" in [maildrop]");
                return;
            }

            Fail(_line.ParseValue(quota));
            if (_maildrops != null)
            {
                _maildrops.TakeQuota(_line.Number, quota);
            }
        }

        private void TakeNetwork()
        {
            _networkCount++;
            int rights = Rights();
            if (AccessList.ParseNetwork(_buffer, _line.NameOffset, _line.NameCount, new byte[IpAddress.OctetCount]) < 0)
            {
                Fail("[access]: expected a network such as 192.168.1.0/24 or fd00::/8, and what it may do" + _line.FoundName());
            }
            else if (rights < 0)
            {
                Fail("[access]: expected send, fetch, both, or refuse" + _line.FoundValue());
            }
            else if (_access != null && !_access.Add(_buffer, _line.NameOffset, _line.NameCount, rights))
            {
                Fail("[access]: expected each network once" + _line.FoundName());
            }
        }

        // -1 where the value is something else.
        private int Rights()
        {
            ConfigurationKey right = _keys.Right;
            int words = 0;
            int given = 0;
            int at = _line.ValueOffset;
            int end = at + _line.ValueCount;
            while (at < end)
            {
                int behind = at;
                while (behind < end && !ConfigurationText.IsSpace(_buffer[behind]) && _buffer[behind] != ',')
                {
                    behind++;
                }

                if (behind > at)
                {
                    words++;
                    if (!ConfigurationValue.Parse(right, _buffer, at, behind - at))
                    {
                        return -1;
                    }

                    given |= 1 << (int)right.Value;
                }

                at = behind + 1;
            }

            // The word in front is refuse, which stands alone; behind it the rights are in the order of their bits.
            bool refuses = (given & 1) != 0;
            return words == 0 || (refuses && words > 1) ? -1 : given >> 1;
        }

        private void CheckAddresses()
        {
            ConfigurationList list = Elements();
            while (list.Next())
            {
                _elementCount++;
                if (!list.IsStar() && !AddressSyntax.IsMailbox(_buffer, list.Offset, list.Count))
                {
                    Fail("addresses: expected local-parts, whole addresses or * with commas between them"
                        + ConfigurationText.Found(_buffer, list.Offset, list.Count));
                    return;
                }
            }
        }

        /// <summary>The second walk: every line is right by itself.</summary>
        private ApplianceSettings Make()
        {
            _keys.TakeDefaults(_defaults);
            ApplianceSettings settings = SettingsMaker.Make(_keys);
            _maildrops = new MaildropSections(this, SettingsMaker.MakeBook(_keys, settings.Host), _maildropCount, _elementCount);
            _access = _accessLine == 0 ? AccessList.OfPrivateNetworks() : new AccessList(_networkCount);
            Walk();
            _maildrops.Finish(settings);
            settings.Access = _access;
            ConfigurationError error = SettingsMaker.Check(_keys, settings, _maildrops);
            if (error != null && (Error == null || error.Line <= Error.Line))
            {
                Error = error;
            }

            return settings;
        }

        private ConfigurationList Elements()
        {
            return new ConfigurationList(_buffer, _line.ValueOffset, _line.ValueCount);
        }

        /// <summary>Notes what is wrong with a line; of several, what stands first in the file.</summary>
        internal void Fail(int line, string message)
        {
            if (Error == null || line < Error.Line)
            {
                Error = new ConfigurationError(line, message);
            }
        }

        // Null where nothing is.
        private void Fail(string message)
        {
            if (message != null)
            {
                Fail(_line.Number < 1 ? 1 : _line.Number, message);
            }
        }
    }
}
