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
    /// that are exactly large enough. The first error ends it.
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
            _section = Nowhere;
            _applianceLine = 0;
            _maildropCount = 0;
            _elementCount = 0;
            _networkCount = 0;
            _accessLine = 0;
            Error = null;
            ApplianceSettings settings = CheckLines() ? Make() : null;

            // Some 5 KiB that the board wants back.
            _buffer = null;
            _line = null;
            _keys = null;
            return settings;
        }

        private bool CheckLines()
        {
            while (_line.Next())
            {
                switch (_line.Kind)
                {
                    case ConfigurationLine.Section:
                        CheckSection();
                        break;
                    case ConfigurationLine.Pair:
                        CheckPair();
                        break;
                    case ConfigurationLine.Wrong:
                        Fail(_line.Problem);
                        break;
                    default:
                        break;
                }

                if (Error != null)
                {
                    return false;
                }
            }

            if (_maildropCount == 0)
            {
                Fail("expected at least one section [maildrop NAME]");
                return false;
            }

            return true;
        }

        private void CheckSection()
        {
            if (ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, "appliance") && _line.ValueCount == 0)
            {
                if (_applianceLine != 0)
                {
                    Fail("[appliance] was begun on line " + _applianceLine.ToString() + " already");
                }

                _section = InAppliance;
                _applianceLine = _line.Number;
            }
            else if (ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, "maildrop"))
            {
                if (_line.ValueCount > Limits.MaildropNameOctetsMax
                    || !AddressSyntax.IsMailbox(_buffer, _line.ValueOffset, _line.ValueCount))
                {
                    Fail("[maildrop]: expected a name of at most 64 octets, such as the local-part of an address" + FoundValue());
                }

                _section = InMaildrop;
                _maildropCount++;
            }
            else if (ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, "access") && _line.ValueCount == 0)
            {
                if (_accessLine != 0)
                {
                    Fail("[access] was begun on line " + _accessLine.ToString() + " already");
                }

                _section = InAccess;
                _accessLine = _line.Number;
            }
            else
            {
                Fail("expected the section [appliance], [access] or [maildrop NAME], found ["
                    + ConfigurationText.Show(_buffer, _line.NameOffset, _line.NameCount) + "]");
            }

            _line.TakesWords = _section == InAccess;
        }

        private void CheckPair()
        {
            switch (_section)
            {
                case InAppliance:
                    CheckApplianceKey();
                    break;
                case InMaildrop:
                    CheckMaildropKey();
                    break;
                case InAccess:
                    CheckNetwork();
                    break;
                default:
                    Fail("expected a section, [appliance], [access] or [maildrop NAME], before the first key");
                    break;
            }
        }

        private void CheckApplianceKey()
        {
            int index = _keys.Find(_buffer, _line.NameOffset, _line.NameCount);
            if (index < 0)
            {
                Fail("unknown key \"" + ConfigurationText.Show(_buffer, _line.NameOffset, _line.NameCount) + "\" in [appliance]");
                return;
            }

            ConfigurationKey key = _keys.All[index];
            if (key.Line != 0)
            {
                Fail(key.Name + ": given on line " + key.Line.ToString() + " already");
            }
            else if (!ConfigurationValue.Parse(key, _buffer, _line.ValueOffset, _line.ValueCount))
            {
                Fail(key.Name + ": expected " + ConfigurationValue.Expected(key) + FoundValue());
            }

            key.Line = _line.Number;
        }

        private void CheckMaildropKey()
        {
            if (IsKey("password"))
            {
                if (_line.ValueCount < 1 || _line.ValueCount > PasswordOctetsMax)
                {
                    Fail("password: expected 1 to 255 octets, in double quotes where # or ; follows white space");
                }
            }
            else if (IsKey("password-hash"))
            {
                if (PasswordHash.Parse(_buffer, _line.ValueOffset, _line.ValueCount) == null)
                {
                    Fail("password-hash: expected pbkdf2-sha256:ITERATIONS:SALT:HASH, as the card tool's password prints it");
                }
            }
            else if (IsKey("addresses"))
            {
                CheckAddresses();
            }
            else if (FindQuota() is ConfigurationKey quota)
            {
                if (!ConfigurationValue.Parse(quota, _buffer, _line.ValueOffset, _line.ValueCount))
                {
                    Fail(quota.Name + ": expected " + ConfigurationValue.Expected(quota) + FoundValue());
                }
            }
            else
            {
                Fail("unknown key \"" + ConfigurationText.Show(_buffer, _line.NameOffset, _line.NameCount) + "\" in [maildrop]");
            }
        }

        private void CheckNetwork()
        {
            _networkCount++;
            if (AccessList.ParseNetwork(_buffer, _line.NameOffset, _line.NameCount, new byte[IpAddress.OctetCount]) < 0)
            {
                Fail("[access]: expected a network such as 192.168.1.0/24 or fd00::/8, and what it may do"
                    + ConfigurationText.Found(_buffer, _line.NameOffset, _line.NameCount));
            }
            else if (Rights() < 0)
            {
                Fail("[access]: expected send, fetch, both, or refuse" + FoundValue());
            }
        }

        // -1 where the value is something else.
        private int Rights()
        {
            int rights = 0;
            int words = 0;
            bool isRefused = false;
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
                    int right = ConfigurationText.IsWord(_buffer, at, behind - at, "send") ? AccessList.Send
                        : ConfigurationText.IsWord(_buffer, at, behind - at, "fetch") ? AccessList.Fetch : 0;
                    bool refuses = ConfigurationText.IsWord(_buffer, at, behind - at, "refuse");
                    if (right == 0 && !refuses)
                    {
                        return -1;
                    }

                    isRefused |= refuses;
                    rights |= right;
                }

                at = behind + 1;
            }

            return words == 0 || (isRefused && words > 1) ? -1 : rights;
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
            MaildropSections table = new MaildropSections(_maildropCount, _elementCount);
            FillTable(table);
            ApplianceSettings settings = SettingsMaker.Make(_keys);
            byte[][] domains = SettingsMaker.Domains(_keys, settings.Host);
            settings.Addresses = table.Finish(domains, SettingsMaker.TakesAnyDomain(_keys));
            settings.Maildrops = table.Maildrops;
            settings.Access = _accessLine == 0 ? AccessList.OfPrivateNetworks() : MakeAccess();
            settings.PasswordHashes = table.PasswordHashes;
            settings.DigestLogins = table.PasswordHashes == null;
            settings.QuotaMessages = table.HasQuotas ? table.QuotaMessages : null;
            settings.QuotaOctets = table.HasQuotas ? table.QuotaOctets : null;
            ConfigurationError twice = Error;
            Error = SettingsMaker.Check(_keys, settings, table);
            if (twice != null && (Error == null || twice.Line < Error.Line))
            {
                Error = twice;
            }

            if (table.Error != null && (Error == null || table.Error.Line < Error.Line))
            {
                Error = table.Error;
            }

            return Error == null ? settings : null;
        }

        private void FillTable(MaildropSections table)
        {
            _line.Restart();
            _section = Nowhere;
            while (_line.Next())
            {
                if (_line.Kind == ConfigurationLine.Section)
                {
                    bool isMaildrop = ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, "maildrop");
                    _section = isMaildrop ? InMaildrop : InAppliance;
                    _line.TakesWords = ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, "access");
                    if (isMaildrop)
                    {
                        table.Begin(_line.Number, ConfigurationText.Copy(_buffer, _line.ValueOffset, _line.ValueCount));
                    }
                }
                else if (_line.Kind == ConfigurationLine.Pair && _section == InMaildrop)
                {
                    if (IsKey("password"))
                    {
                        table.TakePassword(_line.Number, ConfigurationText.Copy(_buffer, _line.ValueOffset, _line.ValueCount));
                    }
                    else if (IsKey("password-hash"))
                    {
                        table.TakePasswordHash(_line.Number, PasswordHash.Parse(_buffer, _line.ValueOffset, _line.ValueCount));
                    }
                    else if (IsKey("addresses"))
                    {
                        table.TakeAddresses(_line.Number, Elements());
                    }
                    else
                    {
                        TakeQuota(table);
                    }
                }
            }
        }

        private AccessList MakeAccess()
        {
            AccessList list = new AccessList(_networkCount);
            bool isAccess = false;
            _line.Restart();
            while (_line.Next())
            {
                if (_line.Kind == ConfigurationLine.Section)
                {
                    isAccess = ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, "access");
                    _line.TakesWords = isAccess;
                }
                else if (_line.Kind == ConfigurationLine.Pair && isAccess && !list.Add(_buffer, _line.NameOffset, _line.NameCount, Rights()))
                {
                    Fail("[access]: expected each network once" + ConfigurationText.Found(_buffer, _line.NameOffset, _line.NameCount));
                }
            }

            return list;
        }

        private void TakeQuota(MaildropSections table)
        {
            ConfigurationKey quota = FindQuota();
            ConfigurationValue.Parse(quota, _buffer, _line.ValueOffset, _line.ValueCount);
            table.TakeQuota(_line.Number, quota);
        }

        private ConfigurationKey FindQuota()
        {
            return IsKey(_keys.QuotaMessages.Name) ? _keys.QuotaMessages : IsKey(_keys.Quota.Name) ? _keys.Quota : null;
        }

        private bool IsKey(string name)
        {
            return ConfigurationText.IsWord(_buffer, _line.NameOffset, _line.NameCount, name);
        }

        private ConfigurationList Elements()
        {
            return new ConfigurationList(_buffer, _line.ValueOffset, _line.ValueCount);
        }

        private string FoundValue()
        {
            return ConfigurationText.Found(_buffer, _line.ValueOffset, _line.ValueCount);
        }

        private void Fail(string message)
        {
            if (Error == null)
            {
                Error = new ConfigurationError(_line.Number < 1 ? 1 : _line.Number, message);
            }
        }
    }
}
