using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Login;

namespace MailAppliance.Pop3
{
    /// <content>The ways in: USER and PASS, APOP (RFC 1939 section 7), AUTH (RFC 5034).</content>
    public sealed partial class Pop3Session
    {
        private readonly ApplianceSettings _settings;
        private readonly SaslExchange _exchange;
        private bool _hasName;
        private bool _hasStamp;
        private int _wrongLogins;

        /// <summary>With <see cref="Pop3Event.Verify"/>: the claim to check. Its proof is wiped by <see cref="OnVerified"/>.</summary>
        public readonly LoginAttempt Attempt;

        /// <summary>Makes the greeting's stamp, where APOP is offered; needed only there. Set at boot.</summary>
        public Stamps Stamps;

        /// <summary>Reports the outcome of <see cref="Pop3Event.Verify"/>, perhaps many turns later.</summary>
        /// <param name="isRight">Whether the proof is right: then the maildrop is asked for. The last wrong one that a connection has ends it.</param>
        public void OnVerified(bool isRight)
        {
            Attempt.Wipe();
            if (!IsOutcomeOf(Pop3Step.Verifying))
            {
                return;
            }

            if (isRight)
            {
                _maildropIndex = Attempt.Maildrop;
                _step = Pop3Step.ToOpen;
                return;
            }

            _step = Pop3Step.Command;
            _wrongLogins++;
            if (_wrongLogins >= Limits.WrongLoginsMax)
            {
                End();
            }

            Output.Append(Pop3Replies.Texts, Pop3Replies.WrongPassword);
        }

        /// <summary>Reports that <see cref="Pop3Event.Verify"/> was refused unseen, too soon after wrong logins: the session ends.</summary>
        public void OnLoginRefused()
        {
            Attempt.Wipe();
            if (IsOutcomeOf(Pop3Step.Verifying))
            {
                End();
                Output.Append(Pop3Replies.Texts, Pop3Replies.TooManyLogins);
            }
        }

        private void ForgetLogin()
        {
            _hasName = false;
            _wrongLogins = 0;
            Attempt.Wipe();
        }

        private void AppendStamp()
        {
            _hasStamp = _settings.DigestLogins && !IsTlsMissing();
            if (_hasStamp)
            {
                Stamps.Next(Attempt);
                int octets = Stamps.Write(Attempt);
                Output.Append(Pop3Replies.Texts, Pop3Replies.StampBefore);
                Output.Append(Stamps.Text, 0, octets);
            }
        }

        // Whether anybody has that name is not told before the password is there.
        private int User(Pop3CommandLine line)
        {
            _hasName = true;
            Attempt.Maildrop = LoginNames.Find(_settings, line.Buffer, line.Argument, line.ArgumentCount);
            return Reply(Pop3Replies.NameTaken);
        }

        private int Pass(Pop3CommandLine line)
        {
            return _hasName ? Verify(SaslMechanism.UserPass, line, line.Argument) : Reply(Pop3Replies.NoName);
        }

        // The last space parts name and digest: names may hold some.
        private int Apop(Pop3CommandLine line)
        {
            if (!_hasStamp)
            {
                return Reply(Pop3Replies.NotSupported);
            }

            int space = line.Argument + line.ArgumentCount - 1;
            while (space > line.Argument && line.Buffer[space] != Octets.Space)
            {
                space--;
            }

            if (space == line.Argument)
            {
                return Refuse(Pop3Replies.BadArguments);
            }

            Attempt.Maildrop = LoginNames.Find(_settings, line.Buffer, line.Argument, space - line.Argument);
            return Verify(SaslMechanism.Apop, line, space + 1);
        }

        private int Verify(int mechanism, Pop3CommandLine line, int proof)
        {
            int end = line.Argument + line.ArgumentCount;
            Attempt.Mechanism = mechanism;
            Attempt.TakeProof(line.Buffer, proof, end - proof, end);
            return BeginVerifying();
        }

        private int BeginVerifying()
        {
            _hasName = false;
            _step = Pop3Step.Verifying;
            return Pop3Event.Verify;
        }

        private int TakeResponse()
        {
            InputBuffer input = Input;
            if (Output.Room < Pop3Replies.ReplyOctetsMax)
            {
                return Pop3Event.NeedRoom;
            }

            switch (input.NextLine(Limits.Pop3LineOctetsMax, !_strict))
            {
                case LineResult.Line:
                    return Follow(_exchange.Take(Attempt, input.Buffer, input.LineOffset, input.LineCount));
                case LineResult.TooLong:
                    _step = Pop3Step.Command;
                    return Refuse(Pop3Replies.LineTooLong);
                case LineResult.Endless:
                    End();
                    return Reply(Pop3Replies.TooManyBad);
                default:
                    return Pop3Event.NeedOctets;
            }
        }

        private int Follow(int saslStep)
        {
            _hasName = false;
            _step = Pop3Step.Command;
            switch (saslStep)
            {
                case SaslStep.AskMessage:
                    return Ask(Pop3Replies.AskMessage);
                case SaslStep.AskName:
                    return Ask(Pop3Replies.AskName);
                case SaslStep.AskPassword:
                    return Ask(Pop3Replies.AskPassword);
                case SaslStep.Verify:
                    return BeginVerifying();
                case SaslStep.UnknownMechanism:
                    return Reply(Pop3Replies.UnknownMechanism);
                case SaslStep.Cancelled:
                    return Reply(Pop3Replies.Cancelled);
                case SaslStep.BadArgument:
                    return Refuse(Pop3Replies.BadArguments);
                default:
                    return Refuse(Pop3Replies.BadResponse);
            }
        }

        private int Ask(int challenge)
        {
            _step = Pop3Step.Authenticating;
            return Reply(challenge);
        }
    }
}
