using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <content>The commands: from a line to its one reply.</content>
    public sealed partial class SmtpSession
    {
        // The longest decimal number of an int.
        private const int SizeDigitsMax = 10;

        // From this input on, the profile says that room is cheap.
        private const int LargeInputOctets = 16 * 1024;
        private const int LargeOutputOctets = 4 * 1024;

        // The replies to an EHLO, or to a group of MAIL, RCPT and DATA.
        private const int SmallOutputOctets = 320;

        // What leads to TLS, a bit a handler (RFC 3207 section 4).
        private const int BeforeTls = (1 << SmtpHandler.Ehlo) | (1 << SmtpHandler.Noop) | (1 << SmtpHandler.Quit) | (1 << SmtpHandler.StartTls);

        private static readonly byte[] s_nowhere = Octets.Of("0.0.0.0");
        private static readonly byte[] s_from = Octets.Of("FROM");
        private static readonly byte[] s_to = Octets.Of("TO");
        private static readonly byte[] s_last = Octets.Of("LAST");

        private int _argumentOffset;
        private int _lineEnd;
        private int _badCommands;
        private long _chunkOctets;
        private bool _understood;
        private bool _greeted;

        private void ForgetCommands()
        {
            _badCommands = 0;
            _chunkOctets = 0;
            _understood = false;
            _greeted = false;
            ForgetLogin();
        }

        /// <summary>Octets of a session's output: the longest reply at least; more where room is cheap, since what a group of commands is
        /// answered goes out in one piece where it fits.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>The octets.</returns>
        internal static int OutputOctetsOf(ApplianceSettings settings)
        {
            int octets = settings.SmtpInputOctets < LargeInputOctets ? SmallOutputOctets : LargeOutputOctets;
            int least = ReplyRoomOf(settings.Host);
            return octets > least ? octets : least;
        }

        // The longest reply, and behind it the longest farewell, which may come at any time.
        private static int ReplyRoomOf(byte[] host)
        {
            int hello = SmtpReplies.Texts.OctetsOf(SmtpReplies.EhloBefore) + host.Length + SmtpReplies.Texts.OctetsOf(SmtpReplies.EhloSize)
                + SizeDigitsMax;
            for (int part = SmtpReplies.EhloAfter; part <= SmtpReplies.EhloEnd; part++)
            {
                hello += SmtpReplies.Texts.OctetsOf(part);
            }

            return hello + SmtpReplies.Texts.OctetsOf(SmtpReplies.IdleBefore) + host.Length + SmtpReplies.Texts.OctetsOf(SmtpReplies.WrongLoginsAfter);
        }

        private int TakeCommand()
        {
            if (_chunkOctets > 0 && !SkipChunk())
            {
                return SmtpEvent.NeedOctets;
            }

            if (Output.Room < _replyRoom)
            {
                return SmtpEvent.NeedRoom;
            }

            // Any reply would be garbage to a client that starts TLS here, and so would its hello be to the log.
            if (!_understood && Input.Count > 0 && TlsHello.Check(Input) == TlsHello.Yes)
            {
                Enter(SmtpState.Leaving);
                return Continue;
            }

            switch (Input.NextLine(_strict ? Limits.StrictLongLineOctetsMax : Limits.CommandLineOctetsMax, !_strict))
            {
                case LineResult.NeedOctets:
                    return SmtpEvent.NeedOctets;
                case LineResult.TooLong:
                    return ReplyBadCommand(SmtpReplies.LineTooLong);
                case LineResult.Endless:
                    Leave(SmtpReplies.AbuseBefore, SmtpReplies.AbuseAfter);
                    return Continue;
                default:
                    return TakeLine(Input.Buffer, Input.LineOffset, Input.LineOffset + Input.LineCount);
            }
        }

        private int TakeLine(byte[] buffer, int offset, int lineEnd)
        {
            // White space before the line end is no argument (RFC 5321 section 4.1.1).
            int end = lineEnd;
            while (end > offset && (buffer[end - 1] == Octets.Space || buffer[end - 1] == Octets.Tab))
            {
                end--;
            }

            int verbEnd = offset;
            while (verbEnd < end && buffer[verbEnd] != Octets.Space && buffer[verbEnd] != Octets.Tab)
            {
                verbEnd++;
            }

            if (verbEnd == offset)
            {
                return ReplyBadCommand(SmtpReplies.EmptyLine);
            }

            int row = SmtpCommandTable.Find(buffer, offset, verbEnd - offset);
            if (_strict && lineEnd - offset + Octets.CrLf.Length > Limits.StrictCommandLineOctetsMax && !MayBeLong(row))
            {
                return ReplyBadCommand(SmtpReplies.LineTooLong);
            }

            if (row == SmtpCommandTable.Unknown)
            {
                return ReplyBadCommand(SmtpReplies.UnknownCommand);
            }

            _understood = true;
            _badCommands = 0;
            _argumentOffset = OctetClass.SkipWhite(buffer, verbEnd, end);
            _lineEnd = end;
            bool hasArgument = _argumentOffset < end;
            int argument = SmtpCommandTable.ArgumentOf(row);
            int handler = SmtpCommandTable.HandlerOf(row);
            if (IsTlsMissing() && ((BeforeTls >> handler) & 1) == 0)
            {
                // A chunk is read away all the same.
                return handler == SmtpHandler.Bdat ? HandleBdat(SmtpReplies.TlsRequired) : Answer(SmtpReplies.TlsRequired);
            }

            if (hasArgument ? argument == SmtpCommandTable.ArgumentForbidden : argument == SmtpCommandTable.ArgumentRequired)
            {
                return Answer(SmtpReplies.BadArgument);
            }

            return SmtpCommandTable.Allows(row, _state, _strict)
                ? Handle(handler, verbEnd)
                : Answer(SmtpReplies.BadSequence);
        }

        private static bool MayBeLong(int row)
        {
            int handler = row == SmtpCommandTable.Unknown ? SmtpHandler.NotImplemented : SmtpCommandTable.HandlerOf(row);
            return handler == SmtpHandler.Mail || handler == SmtpHandler.Auth;
        }

        private int Handle(int handler, int verbEnd)
        {
            switch (handler)
            {
                case SmtpHandler.Ehlo:
                    return HandleHello(true);
                case SmtpHandler.Helo:
                    return HandleHello(false);
                case SmtpHandler.Mail:
                    return HandleMail(verbEnd);
                case SmtpHandler.Rcpt:
                    return HandleRcpt(verbEnd);
                case SmtpHandler.Data:
                    return HandleData();
                case SmtpHandler.Rset:
                    EndMail();
                    return Answer(SmtpReplies.Done);
                case SmtpHandler.Noop:
                    return Answer(SmtpReplies.Done);
                case SmtpHandler.Vrfy:
                    return Answer(SmtpReplies.NotVerified);
                case SmtpHandler.Help:
                    return Answer(SmtpReplies.Help);
                case SmtpHandler.Quit:
                    Leave(SmtpReplies.QuitBefore, SmtpReplies.QuitAfter);
                    return Continue;
                case SmtpHandler.Bdat:
                    return HandleBdat(SmtpReplies.NotImplemented);
                case SmtpHandler.Auth:
                    return HandleAuth();
                case SmtpHandler.StartTls:
                    return HandleStartTls();
                default:
                    return Answer(SmtpReplies.NotImplemented);
            }
        }

        // RFC 5321 section 4.1.4: what is accepted resets the mail transaction, what is refused changes nothing.
        private int HandleHello(bool isExtended)
        {
            byte[] buffer = Input.Buffer;
            int count = _lineEnd - _argumentOffset;
            if (_strict && !IsHelloName(buffer, _argumentOffset, _lineEnd))
            {
                return Answer(SmtpReplies.BadHello);
            }

            _greeted = true;
            Envelope.SetHelo(buffer, _argumentOffset, count, isExtended);
            EndMail();
            if (isExtended)
            {
                ReplyWithHost(SmtpReplies.EhloBefore, SmtpReplies.EhloSize);
                Output.AppendDecimal(_settings.MessageOctetsMax);
                Reply(SmtpReplies.EhloAfter);
                if (_settings.Tls && !Envelope.IsSecure)
                {
                    Reply(SmtpReplies.EhloTls);
                }

                if (!IsTlsMissing())
                {
                    Reply(SmtpReplies.EhloAuth);
                    if (_settings.DigestLogins)
                    {
                        Reply(SmtpReplies.EhloCramMd5);
                    }
                }

                Reply(SmtpReplies.EhloEnd);
            }
            else
            {
                ReplyWithHost(SmtpReplies.HeloBefore, SmtpReplies.EndOfLine);
            }

            return Continue;
        }

        // Whether it is the peer's own name is no ground for refusal (section 4.1.4). In device mode any word will do; strict mode wants a
        // domain or an address literal (section 4.1.1.1), and lets an underscore pass, which many a machine's name has.
        private static bool IsHelloName(byte[] buffer, int offset, int end)
        {
            int count = end - offset;
            if (count <= 0 || count > Limits.DomainOctetsMax)
            {
                return false;
            }

            return buffer[offset] != '['
                ? IsDomain(buffer, offset, end)
                : count > 2 && buffer[end - 1] == ']' && AddressLiteral.IsValid(buffer, offset + 1, end - 1);
        }

        private static bool IsDomain(byte[] buffer, int offset, int end)
        {
            int label = offset;
            for (int at = offset; at <= end; at++)
            {
                if (at == end || buffer[at] == Octets.Dot)
                {
                    if (at == label || buffer[label] == '-' || buffer[at - 1] == '-')
                    {
                        return false;
                    }

                    label = at + 1;
                }
                else if (!OctetClass.Is(buffer[at], OctetClass.LetterOrDigit) && buffer[at] != '-' && buffer[at] != '_')
                {
                    return false;
                }
            }

            return true;
        }

        private int HandleMail(int verbEnd)
        {
            if (_settings.RequireAuth && !Envelope.IsLoggedIn)
            {
                return Answer(SmtpReplies.LoginRequired);
            }

            byte[] buffer = Input.Buffer;
            int path = BehindColon(s_from, verbEnd);
            if (path < 0)
            {
                return Answer(SmtpReplies.BadArgument);
            }

            if (!_path.Parse(buffer, path, _lineEnd, false))
            {
                return Answer(SmtpReplies.BadSender);
            }

            int parameters = _parameters.Parse(buffer, _path.End, _lineEnd, false);
            if (parameters != ParameterResult.Ok)
            {
                return Answer(parameters == ParameterResult.Unknown ? SmtpReplies.UnknownParameter : SmtpReplies.BadArgument);
            }

            if (_strict && _path.HasHigh && !_parameters.IsUtf8)
            {
                return Answer(SmtpReplies.NeedsUtf8);
            }

            if (_parameters.DeclaredOctets > _settings.MessageOctetsMax)
            {
                return Answer(Bound(SmtpReplies.TooBig));
            }

            if (Sources != null && !Sources.TakeMail(Source))
            {
                Leave(SmtpReplies.AbuseBefore, Bound(SmtpReplies.TooManyMailsAfter));
                return Continue;
            }

            Envelope.SetReversePath(_path, _parameters.IsUtf8);
            DeclaredOctets = _parameters.DeclaredOctets;
            Enter(SmtpState.Admitting);
            return SmtpEvent.Admit;
        }

        private int HandleRcpt(int verbEnd)
        {
            byte[] buffer = Input.Buffer;
            int path = BehindColon(s_to, verbEnd);
            if (path < 0)
            {
                return Answer(SmtpReplies.BadArgument);
            }

            if (!_path.Parse(buffer, path, _lineEnd, true))
            {
                return Answer(SmtpReplies.BadRecipient);
            }

            int parameters = _parameters.Parse(buffer, _path.End, _lineEnd, true);
            if (parameters != ParameterResult.Ok)
            {
                return Answer(parameters == ParameterResult.Unknown ? SmtpReplies.UnknownParameter : SmtpReplies.BadArgument);
            }

            if (_strict && _path.HasHigh && !Envelope.IsUtf8)
            {
                return Answer(SmtpReplies.NeedsUtf8);
            }

            if (Envelope.RecipientCount >= _settings.RecipientsMax)
            {
                return Answer(SmtpReplies.TooManyRecipients);
            }

            int maildrop = FindMaildrop();
            if (maildrop < 0)
            {
                return Answer(maildrop == AddressBook.NotOurs ? SmtpReplies.NoRelay : SmtpReplies.NoSuchMailbox);
            }

            if (Quotas != null && Quotas.IsFull(maildrop, DeclaredOctets))
            {
                return Answer(Bound(SmtpReplies.MaildropFull));
            }

            Envelope.AddRecipient(_path, maildrop);
            Enter(SmtpState.Recipients);
            return Answer(SmtpReplies.RecipientTaken);
        }

        // Some devices end a local-part with a dot, from a name typed as "ups." Whoever has such an address keeps it; else the name
        // without the dot counts, before the one who gets all the rest (whom a local-part of no octets finds).
        private int FindMaildrop()
        {
            int count = _path.LocalCount;
            int maildrop = Find(count);
            if (_strict || count < 2 || _path.LocalBuffer[_path.LocalOffset + count - 1] != Octets.Dot)
            {
                return maildrop;
            }

            while (count > 1 && _path.LocalBuffer[_path.LocalOffset + count - 1] == Octets.Dot)
            {
                count--;
            }

            return maildrop == AddressBook.NoSuchMailbox || maildrop == Find(0) ? Find(count) : maildrop;
        }

        private int Find(int localCount)
        {
            bool isOurs = _path.IsLiteral
                && AddressLiteral.IsOurs(_path.Buffer, _path.DomainOffset + 1, _path.DomainCount - 2, _localAddress);
            return _settings.Addresses.Find(
                _path.LocalBuffer, _path.LocalOffset, localCount, _path.Buffer, _path.DomainOffset, _path.DomainCount, isOurs);
        }

        private int HandleData()
        {
            if (Envelope.RecipientCount == 0)
            {
                return Answer(SmtpReplies.NoRecipients);
            }

            FrontOctetsMax = TraceFields.OctetsMax(Envelope, _host, _remoteAddress);
            Enter(SmtpState.Beginning);
            return SmtpEvent.Begin;
        }

        // CHUNKING is not offered, yet who sends BDAT sends the chunk right behind it: it is read away (RFC 3030 section 2).
        private int HandleBdat(int refusal)
        {
            byte[] buffer = Input.Buffer;
            int digitsEnd = OctetClass.Skip(buffer, _argumentOffset, _lineEnd, OctetClass.Digit);
            long octets = Octets.ParseDecimal(buffer, _argumentOffset, digitsEnd - _argumentOffset);
            int last = OctetClass.SkipWhite(buffer, digitsEnd, _lineEnd);
            bool isLast = last > digitsEnd && Octets.EqualIgnoreCase(buffer, last, _lineEnd - last, s_last, 0, s_last.Length);
            if (octets < 0 || !(isLast || last == _lineEnd))
            {
                return Answer(SmtpReplies.BadArgument);
            }

            _chunkOctets = octets;
            return Answer(refusal);
        }

        private bool SkipChunk()
        {
            int count = _chunkOctets < Input.Count ? (int)_chunkOctets : Input.Count;
            Input.Take(count);
            _chunkOctets -= count;
            return _chunkOctets == 0;
        }

        // Where the path of "FROM:" or "TO:" begins; -1 where the word or the colon is not there.
        private int BehindColon(byte[] word, int verbEnd)
        {
            byte[] buffer = Input.Buffer;
            int end = _lineEnd;
            int at = _argumentOffset;
            bool oneSpace = at == verbEnd + 1 && buffer[verbEnd] == Octets.Space;
            if ((_strict && !oneSpace) || end - at < word.Length || !Octets.EqualIgnoreCase(buffer, at, word.Length, word, 0, word.Length))
            {
                return -1;
            }

            at += word.Length;
            at = _strict ? at : OctetClass.SkipWhite(buffer, at, end);
            if (at == end || buffer[at] != ':')
            {
                return -1;
            }

            return _strict ? at + 1 : OctetClass.SkipWhite(buffer, at + 1, end);
        }

        private int Answer(int reply)
        {
            Reply(reply);
            return Continue;
        }

        private int ReplyBadCommand(int reply)
        {
            _badCommands++;
            if (_badCommands > Limits.BadCommandsMax || (Sources != null && !Sources.TakeBadCommand(Source)))
            {
                Leave(SmtpReplies.AbuseBefore, SmtpReplies.AbuseAfter);
                return Continue;
            }

            return Answer(reply);
        }
    }
}
