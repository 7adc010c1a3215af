using MailAppliance.Core;
using MailAppliance.Login;

namespace MailAppliance.Smtp
{
    /// <content>AUTH (RFC 4954): the exchange, and what a check came to.</content>
    public sealed partial class SmtpSession
    {
        private readonly SaslExchange _exchange;
        private int _wrongLogins;

        /// <summary>With <see cref="SmtpEvent.Verify"/>: the claim to check. Its proof is wiped by <see cref="OnVerified"/>.</summary>
        public readonly LoginAttempt Attempt;

        /// <summary>Makes CRAM-MD5's challenges; needed only where that is offered. Set at boot.</summary>
        public Stamps Stamps;

        /// <summary>Reports the outcome of <see cref="SmtpEvent.Verify"/>, perhaps many turns later.</summary>
        /// <param name="isRight">Whether the proof is right; a wrong one is answered 535, and the last of them that a connection has 421
        /// behind that.</param>
        public void OnVerified(bool isRight)
        {
            if (_state != SmtpState.Verifying)
            {
                Invariant.Broken("an outcome of no login");
            }

            Attempt.Wipe();
            Rest();
            if (isRight)
            {
                Envelope.IsLoggedIn = true;
                Reply(SmtpReplies.LoggedIn);
            }
            else
            {
                _wrongLogins++;
                Reply(SmtpReplies.WrongLogin);
            }

            if (_shutdownDue)
            {
                Leave(SmtpReplies.ShutdownBefore, SmtpReplies.ShutdownAfter);
            }
            else if (_wrongLogins >= Limits.WrongLoginsMax)
            {
                Leave(SmtpReplies.AbuseBefore, SmtpReplies.WrongLoginsAfter);
            }
        }

        /// <summary>Reports that <see cref="SmtpEvent.Verify"/> was refused unseen, too soon after wrong logins: 421.</summary>
        public void OnLoginRefused()
        {
            Attempt.Wipe();
            Leave(SmtpReplies.AbuseBefore, SmtpReplies.WrongLoginsAfter);
        }

        private void ForgetLogin()
        {
            _wrongLogins = 0;
            Attempt.Wipe();
        }

        private int HandleAuth()
        {
            return Envelope.IsLoggedIn ? Answer(SmtpReplies.BadSequence)
                : Follow(_exchange.Begin(Attempt, Input.Buffer, _argumentOffset, _lineEnd - _argumentOffset));
        }

        private int TakeResponse()
        {
            if (Output.Room < _replyRoom)
            {
                return SmtpEvent.NeedRoom;
            }

            switch (Input.NextLine(_strict ? Limits.StrictLongLineOctetsMax : Limits.CommandLineOctetsMax, !_strict))
            {
                case LineResult.NeedOctets:
                    return SmtpEvent.NeedOctets;
                case LineResult.TooLong:
                    return Refuse(SmtpReplies.ResponseTooLong);
                case LineResult.Endless:
                    Leave(SmtpReplies.AbuseBefore, SmtpReplies.AbuseAfter);
                    return Continue;
                default:
                    return Follow(_exchange.Take(Attempt, Input.Buffer, Input.LineOffset, Input.LineCount));
            }
        }

        private int Follow(int saslStep)
        {
            switch (saslStep)
            {
                case SaslStep.AskMessage:
                    return Ask(SmtpReplies.AskMessage);
                case SaslStep.AskName:
                    return Ask(SmtpReplies.AskName);
                case SaslStep.AskPassword:
                    return Ask(SmtpReplies.AskPassword);
                case SaslStep.AskDigest:
                    Stamps.Next(Attempt);
                    int octets = Stamps.Write(Attempt);
                    Reply(SmtpReplies.ChallengeBefore);
                    Output.AppendBase64(Stamps.Text, 0, octets);
                    return Ask(SmtpReplies.EndOfLine);
                case SaslStep.Verify:
                    Enter(SmtpState.Verifying);
                    return SmtpEvent.Verify;
                case SaslStep.UnknownMechanism:
                    return Refuse(SmtpReplies.UnknownMechanism);
                case SaslStep.BadArgument:
                    return Refuse(SmtpReplies.BadArgument);
                case SaslStep.InitialResponseForbidden:
                    return Refuse(SmtpReplies.InitialForbidden);
                case SaslStep.Cancelled:
                    return Refuse(SmtpReplies.Cancelled);
                default:
                    return Refuse(SmtpReplies.BadResponse);
            }
        }

        private int Ask(int challenge)
        {
            Enter(SmtpState.Authenticating);
            return Answer(challenge);
        }

        private int Refuse(int reply)
        {
            Rest();
            return Answer(reply);
        }
    }
}
